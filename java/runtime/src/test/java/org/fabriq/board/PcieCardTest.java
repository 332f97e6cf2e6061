// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.fabriq.xclbin.TestBoardXclbin;
import org.fabriq.xclbin.XclbinContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that can be wrong with a card whose driver is xocl, one at a time. */
class PcieCardTest {
  @TempDir private Path folder;
  private MachineCopy machine;

  @BeforeEach
  void copyMachine() {
    machine = MachineCopy.u50(folder.resolve("root"));
  }

  @Test
  void aHealthyCardIsOk() {
    List<Finding> findings = inspect(null);
    assertThat(findings).extracting(Finding::state).containsOnly(Finding.State.OK);
    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly("board", "driver", "device node", "versions");
    assertThat(findings.get(0).text())
        .isEqualTo("PCIe: 0000:03:00.1, xilinx_u50_gen3x16_xdma_base_5");
  }

  @Test
  void noCardNoFindings() {
    machine.remove(MachineCopy.CARD);
    assertThat(inspect(null)).isEmpty();
  }

  @Test
  void aCardWithoutDriver() {
    machine.remove(MachineCopy.CARD + "/driver");
    assertWrong("driver", "xbmgmt examine");
    machine.remove("/sys/module/xocl");
    assertWrong("driver", "modprobe xocl");
  }

  @Test
  void aNodeThatIsMissingOrClosed() {
    machine.node("rw-rw----");
    assertWrong("device node", "usermod -aG");
    machine.remove("/dev/dri");
    assertWrong("device node", "udevadm trigger");
    machine.remove(MachineCopy.CARD + "/drm");
    assertWrong("device node", "see dmesg");
  }

  @Test
  void anXclbinForAnotherShell() {
    assertThat(xclbin(TestBoardXclbin.ofShell(folder, "xilinx_u50", MachineCopy.INTERFACE)).state())
        .isEqualTo(Finding.State.OK);
    Finding other = xclbin(TestBoardXclbin.ofShell(folder, "xilinx_u50", "ab".repeat(16)));
    assertThat(other.state()).isEqualTo(Finding.State.WRONG);
    assertThat(other.text()).contains("ab".repeat(16), MachineCopy.INTERFACE, "xbmgmt program");
  }

  @Test
  void namesAreComparedWhereAnXclbinStatesNoInterface() {
    assertThat(
            xclbin(TestBoardXclbin.ofShell(folder, "xilinx_u50_gen3x16_xdma_base_5", null)).state())
        .isEqualTo(Finding.State.OK);
    assertThat(xclbin(TestBoardXclbin.ofShell(folder, "xilinx_u200", null)).text())
        .contains("is for xilinx_u200, the card has xilinx_u50_gen3x16_xdma_base_5", "xbmgmt");
    String other = "xilinx_u50_gen3x16_xdma_5_202210_1";
    assertThat(xclbin(TestBoardXclbin.ofShell(folder, other, null)).state())
        .isEqualTo(Finding.State.WARNING);
    machine.remove(MachineCopy.CARD + "/rom.u.0");
    assertThat(xclbin(TestBoardXclbin.ofShell(folder, "xilinx_u200", null)).state())
        .isEqualTo(Finding.State.WARNING);
  }

  private void assertWrong(String subject, String named) {
    assertThat(inspect(null))
        .filteredOn(finding -> finding.state() == Finding.State.WRONG)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(subject);
              assertThat(finding.text()).contains(named);
            });
  }

  private Finding xclbin(XclbinContent xclbin) {
    List<Finding> findings = inspect(xclbin);
    return findings.get(findings.size() - 1);
  }

  private List<Finding> inspect(XclbinContent xclbin) {
    return BoardInspection.inspect(machine.root(), xclbin);
  }
}
