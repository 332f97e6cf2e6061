// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
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
  void anXclbinIsDescribedWithABoardAndWithout() throws IOException {
    Path xclbin = packedXclbin();
    String uuid =
        CommandRun.of("xclbin", "info", xclbin.toString())
            .out()
            .lines()
            .filter(line -> line.startsWith("uuid"))
            .findFirst()
            .orElseThrow()
            .replaceFirst("uuid +", "");
    String[] doctor = {"doctor", "--root", root.toString(), "--xclbin", xclbin.toString()};
    CommandRun onBoard = CommandRun.of(doctor);
    assertThat(onBoard.out().lines())
        .containsSubsequence(
            "xclbin           ok: %s is sound: hw on fabriq_pynq-z2, %,d bytes, uuid %s"
                .formatted(xclbin, Files.size(xclbin), uuid),
            "kernels          ok: matmul_f32i8 (1 instance), matmul_i8i8 (1 instance); clock 100"
                + " MHz",
            "xclbin           ok: %s, for fabriq_pynq-z2".formatted(uuid));
    assertThat(onBoard.out())
        .contains("contract         ok: fabriq-numerics 1; manifest: matches;");
    assertThat(onBoard.out()).doesNotContain("not compared");

    Files.delete(root.resolve("proc/device-tree/compatible"));
    CommandRun alone = CommandRun.of(doctor);
    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(alone.out().lines().limit(3))
        .containsExactlyElementsOf(onBoard.out().lines().limit(3).toList());
    assertThat(alone.out().lines().skip(3))
        .containsExactly(
            "board            none here: no Zynq's device tree, no Xilinx card on PCIe",
            "xclbin           not compared with a board, since none is here");
  }

  @Test
  void whatIsWrongWithAnXclbinIsAFinding() throws IOException {
    Path xclbin = packedXclbin();
    byte[] bytes = Files.readAllBytes(xclbin);
    Files.write(xclbin, Arrays.copyOf(bytes, bytes.length - 9));
    CommandRun run =
        CommandRun.of("doctor", "--root", root.toString(), "--xclbin", xclbin.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().findFirst().orElseThrow())
        .startsWith("xclbin           WRONG: " + xclbin)
        .contains("the file is damaged", "scripts/build-xclbin.sh --platform NAME --target hw");
    assertThat(run.out()).contains("driver           ok: zocl is loaded");
  }

  private Path packedXclbin() throws IOException {
    Path bitstream = root.resolve("a.bit");
    Files.write(bitstream, new byte[] {0, 9, (byte) 0xaa, (byte) 0x99, 0x55, 0x66});
    Path xclbin = root.resolve("a.xclbin");
    CommandRun pack =
        CommandRun.of(
            ("xclbin pack --platform fabriq_pynq-z2 --kernels matmul_f32i8,matmul_i8i8 --base"
                    + " 0x40000000 --memory 512 --clock 100 --bitstream %s --out %s")
                .formatted(bitstream, xclbin)
                .split(" "));
    assertThat(pack.exitCode()).as(pack.err()).isZero();
    return xclbin;
  }

  @Test
  void wrongInputIsNamed() {
    assertRefused("nowhere", "doctor", "--root", root.resolve("nowhere").toString());
    assertRefused(
        "no.xclbin",
        "doctor",
        "--root",
        root.toString(),
        "--xclbin",
        root.resolve("no.xclbin").toString());
  }

  private static void assertRefused(String named, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains(named);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }
}
