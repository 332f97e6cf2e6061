// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fabriq doctor} on copies of boards' files. */
class DoctorBoardTest {
  @TempDir private Path root;

  @BeforeEach
  void copyOfAZynq() throws IOException {
    write("proc/device-tree/compatible", "tul,pynq-z2\0xlnx,zynq-7000\0");
    write("proc/device-tree/model", "TUL PYNQ-Z2\0");
    write("proc/device-tree/amba/zyxclmm_drm/compatible", "xlnx,zocl\0");
    write("proc/modules", "zocl 192512 0 - Live 0x0\n");
    write("proc/meminfo", "CmaTotal: 131072 kB\nCmaFree: 120000 kB\n");
    write("proc/self/status", "Uid:\t0\nGid:\t0\n");
    write("sys/class/fpga_manager/fpga0/state", "operating\n");
    write("dev/dri/renderD128", "");
    write("usr/lib/libxrt_coreutil.so.2", "");
  }

  @Test
  void whatIsWrongIsToldWithItsRemedy() {
    CommandRun run = CommandRun.of("doctor", "--root", root.toString());
    assertThat(run.exitCode()).isEqualTo(FabriqCommand.FAILED);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            "board            ok: TUL PYNQ-Z2, edge: xlnx,zynq-7000",
            "driver           ok: zocl is loaded",
            "fabric           ok: a bitstream is loaded",
            "device node      ok: /dev/dri/renderD128, may be read and written",
            "interrupts       WRONG: /amba/zyxclmm_drm: 0 interrupts, 1 compute units, so"
                + " zocl polls and each run takes 500 ms; give it interrupt-parent and interrupts,"
                + " as fabriq.dts does, and load zocl again",
            "memory           ok: 128 MiB for buffers (CMA), 117 free",
            "versions         ok: library 2, driver of unknown version");
  }

  @Test
  void noBoardIsNoFault() throws IOException {
    Files.delete(root.resolve("proc/device-tree/compatible"));
    CommandRun run = CommandRun.of("doctor", "--root", root.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "board            none here: no Zynq's device tree, no Xilinx card on PCIe"
                + System.lineSeparator());
  }

  @Test
  void wrongInputIsNamed() {
    assertRefused("nowhere", "doctor", "--root", root.resolve("nowhere").toString());
    assertRefused(
        "no.xclbin",
        "doctor",
        "--root",
        root.toString(),
        "--image",
        root.resolve("no.xclbin").toString());
  }

  private static void assertRefused(String named, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(FabriqCommand.WRONG_INPUT);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains(named);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }
}
