// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.xclbin.KernelDescriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What scripts/build-xclbin.sh --dry-run prints for every platform and target. */
class BuildXclbinTest {
  /** The kernels that a platform has memory for. */
  private static List<String> connected(PlatformFile platform) {
    return KernelDescriptor.all().stream()
        .filter(
            kernel ->
                kernel.arguments().stream()
                    .filter(KernelDescriptor.Argument::isPointer)
                    .allMatch(a -> platform.json().get("connect").has(a.bundle())))
        .map(KernelDescriptor::name)
        .toList();
  }

  private static List<String> all() {
    return KernelDescriptor.all().stream().map(KernelDescriptor::name).toList();
  }

  static List<PlatformFile> platforms() {
    return PlatformFile.all();
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void xclbinsForTheBoard(PlatformFile platform) {
    List<String> connected = connected(platform);
    assertThat(connected).hasSizeGreaterThan(2);
    for (String kernel : connected) {
      checkVendor(platform, "hw", List.of(kernel), "hls", "2024.2");
    }
    checkVendor(platform, "hw", List.of("matmul_i8i8"), "hls", "2023.1");
    checkVendor(platform, "hw", connected, "rtl", "2022.1");
    if (!platform.family().equals("zynq")) {
      checkVendor(platform, "hw", List.of("matmul_i8i8", "matmul_f32i8"), "hls", "2023.2");
    }
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void xclbinsForEmulation(PlatformFile platform) {
    checkOpen(platform, "sw_emu", all(), "hls");
    checkOpen(platform, "hw_emu", List.of("matmul_f32i8"), "hls");
    checkOpen(platform, "hw_emu", all(), "rtl");
    if (List.of("alveo", "zynqmp").contains(platform.family())) {
      checkVendor(platform, "hw_emu", connected(platform), "hls", "2024.1");
      checkVendor(platform, "hw_emu", List.of("matmul_i8i8"), "rtl", "2023.1");
      checkVendor(platform, "hw_emu", List.of("matmul_f32f32", "matmul_i8i8"), "hls", "2022.2");
    }
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void allKernelsAreThoseThatTheFlowHasMemoryFor(PlatformFile platform) {
    assertThat(kernelsOf(platform, "hw_emu", "open")).isEqualTo(String.join(", ", all()));
    assertThat(kernelsOf(platform, "hw", "vitis"))
        .isEqualTo(String.join(", ", connected(platform)));
  }

  /** What all kernels are, by the script's second line; those of RTL fit every platform. */
  private static String kernelsOf(PlatformFile platform, String target, String flow) {
    BuildXclbin run =
        BuildXclbin.of(
            "--dry-run",
            "--folder",
            BuildXclbin.OUT,
            "--platform",
            platform.name(),
            "--target",
            target,
            "--source",
            "rtl",
            "--flow",
            flow);
    assertThat(run.exitCode()).as(run.err()).isZero();
    String line = run.out().lines().skip(1).findFirst().orElseThrow();
    return line.replaceFirst(".*, " + target + ", ", "").replaceFirst(": .*", "");
  }

  private static void checkOpen(
      PlatformFile platform, String target, List<String> kernels, String source) {
    XclbinScript script = plan(platform, target, kernels, source, "--flow", "open");
    List<String> build =
        new ArrayList<>(
            List.of(BuildXclbin.FABRIQ, "xclbin", "build", "--target", target, "--kernels"));
    build.add(String.join(",", kernels));
    build.addAll(List.of("--instances", "" + platform.units(source), "--clock"));
    build.add("" + platform.clockMhz());
    build.addAll(source.equals("rtl") ? List.of("--model", "rtl") : List.of());
    build.addAll(List.of("--out", BuildXclbin.OUT + "/fabriq.xclbin"));
    assertThat(script.commands())
        .containsExactly(
            List.of("set", "-euo", "pipefail"),
            List.of("mkdir", "-p", BuildXclbin.OUT),
            List.of("cd", BuildXclbin.OUT),
            build,
            verify(target));
  }

  private static void checkVendor(
      PlatformFile platform, String target, List<String> kernels, String source, String vitis) {
    XclbinScript script =
        plan(platform, target, kernels, source, "--flow", "vitis", "--vitis", vitis, "--profile");
    new VendorPlan(platform, target, kernels, source, vitis, script).check();
    assertThat(script.commands().get(script.commands().size() - 1)).isEqualTo(verify(target));
  }

  private static XclbinScript plan(
      PlatformFile platform, String target, List<String> kernels, String source, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--dry-run", "--folder", BuildXclbin.OUT));
    arguments.addAll(List.of("--platform", platform.name(), "--target", target));
    arguments.addAll(List.of("--kernels", String.join(",", kernels), "--source", source));
    arguments.addAll(List.of(more));
    BuildXclbin run = BuildXclbin.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as("%s: %s", arguments, run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).doesNotContain("RELEASE");
    return new XclbinScript(run.out());
  }

  private static List<String> verify(String target) {
    return List.of(
        BuildXclbin.FABRIQ,
        "xclbin",
        "verify",
        "--target",
        target,
        BuildXclbin.OUT + "/fabriq.xclbin");
  }
}
