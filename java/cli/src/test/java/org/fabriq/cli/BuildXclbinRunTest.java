// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.xclbin.BitstreamXclbin;
import org.fabriq.xclbin.KernelDescriptor;
import org.fabriq.xclbin.XclbinChecker;
import org.fabriq.xclbin.XclbinContent;
import org.fabriq.xclbin.XclbinManifest;
import org.fabriq.xclbin.XclbinTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flows, run: the open one for real, the vendor's with stand-ins for its tools. */
@Tag("long")
@Timeout(180)
class BuildXclbinRunTest {
  @TempDir private Path folder;
  private Path fabriq;

  @BeforeEach
  void makeCommand() throws IOException {
    fabriq = VendorTools.fabriq(folder);
  }

  @ParameterizedTest
  @CsvSource({"pynq-z2, sw_emu", "u50, hw_emu"})
  void anOpenXclbinComputes(String platform, String target) throws Exception {
    assumeTrue(
        Files.exists(Path.of("/usr/include/xrt/xrt/xrt_device.h")),
        "skipped: libxrt-dev is not installed");
    BuildXclbin build =
        BuildXclbin.of(
            Map.of("PATH", "/usr/bin:/bin", "FABRIQ", fabriq.toString()),
            "--platform",
            platform,
            "--target",
            target,
            "--folder",
            folder.toString());
    assertThat(build.exitCode()).as(build.err()).isZero();
    assertThat(build.out()).contains("fabriq.xclbin: sound, " + target);
    Process compare =
        new ProcessBuilder(
                fabriq.toString(),
                "compare",
                "--images",
                "64",
                "--samples",
                "2",
                "--device",
                "xrt:%s?xclbin=%s".formatted(target, folder.resolve("fabriq.xclbin")))
            .redirectErrorStream(true)
            .start();
    String out = new String(compare.getInputStream().readAllBytes());
    assertThat(compare.waitFor()).as(out).isZero();
    assertThat(out).contains("i8i8").containsPattern("f32f32 +xrt:" + target);
  }

  @ParameterizedTest
  @CsvSource({"2024.2, hls", "2022.2, rtl"})
  void vitisMakesAnXclbinForACard(String version, String source) throws Exception {
    Map<String, String> environment = tools(version).environment(fabriq, folder);
    BuildXclbin build = build(environment, "u50", "--source", source);
    assertThat(build.exitCode()).as(build.err()).isZero();
    XclbinManifest manifest = manifest();
    assertThat(manifest.tools()).containsEntry("v++", version);
    assertThat(manifest.xclbin().target()).isEqualTo("hw");
  }

  @Test
  void vitisMakesTheFirmwareOfAKria() throws Exception {
    Path xsa = Files.createFile(folder.resolve("kv260_custom.xsa"));
    Map<String, String> environment = tools("2022.1").environment(Path.of("/bin/true"), xsa);
    BuildXclbin build = build(environment, "kv260");
    assertThat(build.exitCode()).as(build.err()).isZero();
    Path firmware = folder.resolve("out/firmware/fabriq");
    for (String file : List.of("fabriq.bit.bin", "fabriq.dtbo", "shell.json", "fabriq.xclbin")) {
      assertThat(firmware.resolve(file)).exists();
    }
    assertThat(firmware.resolve("fabriq.dtbo")).content().contains("\"fabriq.bit.bin\"");
  }

  @Test
  void whatAVendorToolRefusesEndsTheBuild() throws Exception {
    Map<String, String> environment =
        tools("2022.1").environment(Path.of("/bin/true"), folder.resolve("missing.xsa"));
    BuildXclbin build = build(environment, "kv260");
    assertThat(build.exitCode()).isEqualTo(1);
    assertThat(build.err()).contains("missing.xsa");
  }

  private BuildXclbin build(Map<String, String> environment, String platform, String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of("--platform", platform));
    arguments.addAll(List.of("--target", "hw", "--kernels", "matmul_i8i8"));
    arguments.addAll(List.of("--folder", folder.resolve("out").toString()));
    arguments.addAll(List.of(more));
    return BuildXclbin.of(environment, arguments.toArray(String[]::new));
  }

  private VendorTools tools(String version) throws IOException {
    Path bitstream = folder.resolve("stand-in.bit");
    Files.write(bitstream, new byte[] {0, 9, (byte) 0xaa, (byte) 0x99, 0x55, 0x66});
    Path xclbin = folder.resolve("stand-in.xclbin");
    new BitstreamXclbin(
            bitstream, "stand-in", 300, List.of(KernelDescriptor.of("matmul_i8i8")), null, 0, 64)
        .write(xclbin, Map.of());
    return VendorTools.of(folder, version, xclbin);
  }

  private XclbinManifest manifest() {
    XclbinContent info = XclbinChecker.check(folder.resolve("out/fabriq.xclbin"), XclbinTarget.HW);
    return info.manifest();
  }
}
