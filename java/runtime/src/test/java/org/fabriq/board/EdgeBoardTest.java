// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fabriq.xclbin.TestBoardXclbin;
import org.fabriq.xclbin.XclbinContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that can be wrong with a board whose driver is zocl, one at a time. */
class EdgeBoardTest {
  private static final String NODE = MachineCopy.NODE;

  @TempDir private Path folder;
  private MachineCopy machine;

  @BeforeEach
  void copyMachine() {
    machine = MachineCopy.kv260(folder.resolve("root"));
  }

  @Test
  void aHealthyBoardIsOk() {
    List<Finding> findings = inspect(null);
    assertThat(findings).extracting(Finding::state).containsOnly(Finding.State.OK);
    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly(
            "board", "driver", "fabric", "device node", "interrupts", "memory", "versions");
    assertThat(findings.get(0).text()).isEqualTo("ZynqMP SMK-K26 Rev1/B/A, edge: xlnx,zynqmp");
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("driver", "modprobe zocl", EdgeBoardTest::unloadDriver),
        damage(
            "fabric",
            "xmutil loadapp",
            m -> m.text("/sys/class/fpga_manager/fpga0/state", "unknown\n")),
        damage("device node", "no /dev/dri/renderD* is zocl's", m -> m.remove("/dev/dri")),
        damage("device node", "usermod -aG", m -> m.node("rw-rw----")),
        damage("device node", "usermod -aG", m -> m.node("rw-rw-r--")),
        damage("device node", "udev/rules.d", m -> m.node("rw-------")),
        damage("device node", "no /dev/dri", EdgeBoardTest::leaveAnotherDriversNode),
        damage("interrupts", "no node of zocl", m -> m.remove(NODE)),
        damage("interrupts", "500 ms", m -> m.remove(NODE + "/interrupts")),
        damage("interrupts", "500 ms", m -> m.remove(NODE + "/interrupt-parent")),
        damage("interrupts", "500 ms", m -> m.cells(NODE + "/interrupt-parent", 99)),
        damage("interrupts", "500 ms", m -> m.cells(NODE + "/interrupts", 0, 89)),
        damage("versions", "libxrt1", m -> m.remove("/usr/lib/aarch64-linux-gnu")));
  }

  private static Arguments damage(String subject, String named, Consumer<MachineCopy> damage) {
    return Arguments.of(subject, named, damage);
  }

  private static void unloadDriver(MachineCopy machine) {
    machine.remove("/sys/module/zocl");
    machine.text("/proc/modules", "zoclx 1 0\n");
  }

  private static void leaveAnotherDriversNode(MachineCopy machine) {
    machine.remove("/sys/class/drm");
    machine.link("/sys/class/drm/renderD128/device/driver", "../../bus/platform/drivers/lima");
  }

  @ParameterizedTest
  @MethodSource("damages")
  void isFoundAndMended(String subject, String named, Consumer<MachineCopy> damage) {
    damage.accept(machine);
    assertThat(inspect(null))
        .filteredOn(finding -> finding.state() == Finding.State.WRONG)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(subject);
              assertThat(finding.text()).contains(named);
            });
  }

  @Test
  void anInheritedInterruptParentServes() {
    machine.remove(NODE + "/interrupt-parent");
    machine.cells("/proc/device-tree/interrupt-parent", MachineCopy.INTERRUPT_CONTROLLER);
    assertThat(inspect(null)).extracting(Finding::state).containsOnly(Finding.State.OK);
  }

  @Test
  void extendedInterruptsServe() {
    machine.remove(NODE + "/interrupts");
    machine.cells(
        NODE + "/interrupts-extended",
        MachineCopy.INTERRUPT_CONTROLLER,
        0,
        89,
        4,
        MachineCopy.INTERRUPT_CONTROLLER,
        0,
        90,
        4);
    assertThat(inspect(null)).extracting(Finding::text).contains("2 for compute units");
  }

  @Test
  void ownersAndGroupsMayOpen() throws Exception {
    machine.node("rw-rw----");
    Path node = folder.resolve("root/dev/dri/renderD128");
    Object owner = java.nio.file.Files.getAttribute(node, "unix:uid");
    Object group = java.nio.file.Files.getAttribute(node, "unix:gid");
    machine.text("/proc/self/status", "Uid:\t" + owner + "\nGid:\t5\n");
    assertThat(inspect(null)).extracting(Finding::state).containsOnly(Finding.State.OK);
    machine.text("/proc/self/status", "Uid:\t4001\nGid:\t5\nGroups:\t9 " + group + "\n");
    assertThat(inspect(null)).extracting(Finding::state).containsOnly(Finding.State.OK);
  }

  @Test
  void littleMemoryAndOtherVersionsAreWarnings() {
    machine.text("/proc/meminfo", "CmaTotal: 16384 kB\nCmaFree: 0 kB\n");
    machine.text("/sys/module/zocl/version", "2.16.0,2865a62b6a41");
    assertThat(inspect(null))
        .filteredOn(finding -> finding.state() == Finding.State.WARNING)
        .extracting(Finding::text)
        .containsExactly(
            "16 MiB for buffers (CMA), 0 free; for large batches add cma=128M to the kernel's"
                + " arguments",
            "library 2.13, driver 2.16; install the two of one XRT release");
  }

  @Test
  void anXclbinForAnotherChipIsWrong() {
    XclbinContent xclbin = TestBoardXclbin.info(folder, "7z020clg400", 1);
    assertThat(last(inspect(xclbin)))
        .isEqualTo(
            Finding.wrong(
                "xclbin",
                xclbin.file()
                    + " is for part 7z020clg400, this is xlnx,zynqmp; build it for this board:"
                    + " scripts/build-xclbin.sh --platform NAME --target hw"));
    assertThat(last(inspect(TestBoardXclbin.info(folder, "xck26-sfvc784-2LV-c", 1))).state())
        .isEqualTo(Finding.State.OK);
  }

  @Test
  void anotherXclbinInTheFabricIsAWarning() {
    XclbinContent xclbin = TestBoardXclbin.info(folder, "xck26-sfvc784-2LV-c", 1);
    String loaded = "/sys/class/drm/renderD128/device/xclbinid";
    machine.text(loaded, "0 " + xclbin.uuid() + "\n");
    assertThat(last(inspect(xclbin)).state()).isEqualTo(Finding.State.OK);
    machine.text(loaded, "0 00000000-1111-2222-3333-444444444444\n");
    assertThat(last(inspect(xclbin)).state()).isEqualTo(Finding.State.WARNING);
    assertThat(last(inspect(xclbin)).text()).contains("00000000-1111", xclbin.uuid());
  }

  @Test
  void everyComputeUnitNeedsAnInterrupt() {
    List<Finding> findings = inspect(TestBoardXclbin.info(folder, "xck26-sfvc784-2LV-c", 2));
    assertThat(findings)
        .filteredOn(finding -> finding.state() == Finding.State.WRONG)
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .startsWith("/axi/zyxclmm_drm: 1 interrupts, 2 compute units");
  }

  private List<Finding> inspect(XclbinContent xclbin) {
    return BoardInspection.inspect(machine.root(), xclbin);
  }

  private static Finding last(List<Finding> findings) {
    return findings.get(findings.size() - 1);
  }
}
