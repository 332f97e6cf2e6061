// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.xclbin.KernelDescriptor;

/** The commands of the vendor's flow: complete, and consistent with descriptors and platform. */
record VendorPlan(
    PlatformFile platform,
    String target,
    List<String> kernels,
    String source,
    String vitis,
    XclbinScript script) {
  /** UG1393, Mapping Kernel Ports to Memory. */
  private static final int MOST_PORTS_PER_BANK = 15;

  void check() {
    checkFiles();
    if (source.equals("rtl")) {
      kernels.forEach(this::checkRtlKernel);
    } else {
      kernels.forEach(this::checkHlsKernel);
    }
    if (platform.family().equals("zynq")) {
      checkZynq();
    } else {
      checkLink();
    }
    if (platform.family().equals("kria")) {
      assertThat(script.files().get("firmware/fabriq/shell.json")).contains("XRT_FLAT");
      assertThat(script.commands("bootgen").get(0)).containsSubsequence("-arch", "zynqmp");
    }
  }

  /** Whatever a command reads is in the repository, or was written before it. */
  private void checkFiles() {
    Set<String> made = new HashSet<>(script.files().keySet());
    for (List<String> command : script.commands()) {
      for (String word : command) {
        if (word.startsWith(BuildXclbin.ROOT.toString())) {
          assertThat(Path.of(word)).exists();
        } else if (word.endsWith(".xo") || word.endsWith(".xclbin") || word.endsWith(".bit")) {
          String name = word.replace(BuildXclbin.OUT + "/", "");
          if (command.contains("-o") && XclbinScript.option(command, "-o").equals(word)
              || command.contains("--out") && XclbinScript.option(command, "--out").equals(word)
              || command.get(0).equals("cp") && command.get(2).equals(word)) {
            made.add(name);
          } else if (!name.equals("_x/link/int/system.bit")) {
            assertThat(made).as(String.join(" ", command)).contains(name);
          }
        }
      }
      if (command.contains("--config")) {
        String file = XclbinScript.option(command, "--config");
        assertThat(script.files()).containsKey(file);
        script
            .values(file, "package.output.file")
            .forEach(path -> made.add(path.replace(BuildXclbin.OUT + "/", "")));
      }
      if (command.get(0).equals("vivado")) {
        made.add(command.get(command.indexOf("-tclargs") + 1) + ".xo");
        made.add("fabriq.bit");
      }
    }
  }

  private void checkHlsKernel(String kernel) {
    String source = BuildXclbin.ROOT.resolve("hls/kernels/" + kernel + ".cpp").toString();
    boolean zynq = platform.family().equals("zynq");
    String config = kernel + ".cfg";
    if (vitis.compareTo("2023.2") >= 0) {
      assertThat(script.commands("v++", "-c", "--mode", "hls"))
          .filteredOn(command -> command.contains(config))
          .hasSize(1);
      assertThat(script.values(config, "syn.file")).containsExactly(source);
      assertThat(script.values(config, "syn.top")).containsExactly(kernel);
      assertThat(script.values(config, "tb.file"))
          .hasSize(kernel.startsWith("matmul_") ? 2 : 0)
          .allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());
      assertThat(script.values(config, "syn.cflags"))
          .containsExactly("-std=c++14 -I" + BuildXclbin.ROOT.resolve("hls/include"));
      assertThat(script.values(config, "flow_target")).containsExactly(zynq ? "vivado" : "vitis");
      assertThat(script.values(config, "package.output.format"))
          .containsExactly(zynq ? "ip_catalog" : "xo");
      if (zynq) {
        assertThat(script.values(config, "part")).containsExactly(platform.text("part"));
        assertThat(script.values(config, "clock")).containsExactly(platform.clockMhz() + "MHz");
      } else {
        assertThat(script.commands("v++", "-c", "--mode", "hls", "--platform", vitisPlatform()))
            .filteredOn(command -> command.contains(config))
            .singleElement()
            .asInstanceOf(LIST)
            .contains("--freqhz=" + hertz());
      }
    } else if (zynq) {
      assertThat(script.commands("vitis_hls", "-f").get(0))
          .endsWith(
              BuildXclbin.ROOT.toString(),
              kernel,
              platform.text("part"),
              "" + platform.clockMhz(),
              BuildXclbin.OUT);
    } else {
      List<String> compile =
          script.commands("v++", "-c", "-t", target).stream()
              .filter(command -> XclbinScript.option(command, "-k").equals(kernel))
              .findFirst()
              .orElseThrow();
      assertThat(compile)
          .contains("-I" + BuildXclbin.ROOT.resolve("hls/include"))
          .endsWith("-o", kernel + ".xo", source)
          .containsSubsequence("--platform", vitisPlatform());
      assertThat(script.values(config, "clock")).containsExactly(hertz() + ":" + kernel);
    }
  }

  private void checkRtlKernel(String kernel) {
    List<String> pack =
        script.commands("vivado", "-mode", "batch").stream()
            .filter(command -> command.contains(kernel))
            .findFirst()
            .orElseThrow();
    List<String> arguments = pack.subList(pack.indexOf("-tclargs") + 1, pack.size());
    assertThat(arguments.get(0)).isEqualTo(kernel);
    assertThat(platform.json().get("rtl").get("configurations"))
        .extracting(JsonNode::asText)
        .contains(arguments.get(1));
    assertThat(arguments.get(2)).isEqualTo(platform.text("part"));
    assertThat(arguments.get(4)).isEqualTo(platform.family().equals("zynq") ? "ip" : "xo");
    KernelXml.check(KernelDescriptor.of(kernel), script.files().get(kernel + ".xml"));
  }

  private void checkLink() {
    int units = platform.units(source);
    List<String> link = script.commands("v++", "-l", "-t", target).get(0);
    assertThat(link)
        .containsSubsequence("--platform", vitisPlatform())
        .containsSubsequence("--config", "link.cfg")
        .endsWith(kernels.stream().map(kernel -> kernel + ".xo").toArray(String[]::new));
    List<String> expected = new ArrayList<>();
    for (String kernel : kernels) {
      for (int unit = 1; unit <= units; unit++) {
        for (KernelDescriptor.Argument argument : KernelDescriptor.of(kernel).arguments()) {
          if (argument.isPointer()) {
            expected.add(
                "%s_%d.%s:%s"
                    .formatted(
                        kernel,
                        unit,
                        argument.name(),
                        platform.json().get("connect").get(argument.bundle()).asText()));
          }
        }
      }
    }
    assertThat(script.values("link.cfg", "sp")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(script.values("link.cfg", "nk"))
        .containsExactlyElementsOf(kernels.stream().map(kernel -> kernel + ":" + units).toList());
    Map<String, Long> ports =
        expected.stream()
            .map(sp -> sp.substring(sp.indexOf(':') + 1))
            .filter(memory -> !memory.contains(":"))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(ports).allSatisfy((bank, n) -> assertThat(n).isLessThan(MOST_PORTS_PER_BANK + 1));
    if (platform.json().has("slr")) {
      List<String> regions = new ArrayList<>();
      platform.json().get("slr").forEach(region -> regions.add(region.asText()));
      assertThat(script.values("link.cfg", "slr"))
          .hasSize(kernels.size() * units)
          .allMatch(slr -> regions.contains(slr.split(":")[1]));
    }
    checkClock();
    assertThat(script.values("link.cfg", "data")).containsExactly("all:all:all");
    assertThat(script.commands("v++", "-p", "-t", target).get(0))
        .endsWith("-o", "fabriq.xclbin", "fabriq.link.xclbin");
    List<String> describe = script.commands(BuildXclbin.FABRIQ, "xclbin", "describe").get(0);
    assertThat(describe)
        .containsSubsequence("--clock", "" + platform.clockMhz())
        .endsWith("--tool", "v++=" + vitis, BuildXclbin.OUT + "/fabriq.xclbin");
    checkConfiguration(describe);
    assertThat(script.commands("emconfigutil")).hasSize(target.equals("hw") ? 0 : 1);
  }

  private void checkClock() {
    boolean old = vitis.compareTo("2023.2") < 0;
    boolean scalable = platform.family().equals("alveo");
    List<String> link = script.commands("v++", "-l").get(0);
    assertThat(link.stream().filter(word -> word.startsWith("--freqhz=")).toList())
        .isEqualTo(old ? List.of() : List.of("--freqhz=" + hertz()));
    assertThat(script.values("link.cfg", "kernel_frequency"))
        .isEqualTo(old && scalable ? List.of("" + platform.clockMhz()) : List.of());
    assertThat(script.values("link.cfg", "defaultFreqHz"))
        .isEqualTo(old && !scalable ? List.of(hertz()) : List.of());
  }

  private void checkZynq() {
    String names = String.join(",", kernels);
    List<String> design =
        script.commands("vivado", "-mode", "batch").stream()
            .filter(command -> command.contains("block_design.log"))
            .findFirst()
            .orElseThrow();
    assertThat(design.subList(design.indexOf("-tclargs") + 1, design.size() - 1))
        .containsExactly(
            BuildXclbin.OUT,
            platform.text("part"),
            "" + platform.clockMhz(),
            platform.text("control_base"),
            names);
    assertThat(design.get(design.size() - 1).split(","))
        .containsExactlyInAnyOrderElementsOf(
            kernels.stream()
                .map(KernelDescriptor::of)
                .flatMap(VendorPlan::ports)
                .map(port -> port + ":" + memory(port))
                .toList());
    String overlay = script.files().get("fabriq.dts");
    for (int i = 0; i < kernels.size(); i++) {
      assertThat(overlay).contains("<0 %d 4>".formatted(29 + i));
    }
    assertThat(overlay).doesNotContain("<0 %d 4>".formatted(29 + kernels.size()));
    checkOverlay(overlay);
    List<String> pack = script.commands(BuildXclbin.FABRIQ, "xclbin", "pack").get(0);
    checkConfiguration(pack);
    assertThat(pack)
        .containsSubsequence("--platform", "fabriq_" + platform.name())
        .containsSubsequence("--clock", "" + platform.clockMhz())
        .containsSubsequence("--kernels", names)
        .containsSubsequence("--base", platform.text("control_base"))
        .containsSubsequence("--memory", platform.text("memory_mib"));
    assertThat(script.commands("bootgen").get(0)).containsSubsequence("-arch", "zynq");
  }

  /** As {@code matmul_i8i8:gmem_a}, for each port to memory. */
  private static Stream<String> ports(KernelDescriptor kernel) {
    return kernel.arguments().stream()
        .filter(KernelDescriptor.Argument::isPointer)
        .map(argument -> kernel.name() + ":" + argument.bundle());
  }

  private String memory(String port) {
    return platform.json().get("connect").get(port.substring(port.indexOf(':') + 1)).asText();
  }

  /** Hosts must know the sizes of network_i8; nothing else has any. */
  private void checkConfiguration(List<String> command) {
    if (!kernels.contains(KernelDescriptor.NETWORK)) {
      assertThat(command).doesNotContain("--configuration");
      return;
    }
    List<String> known = new ArrayList<>(List.of("hls"));
    if (source.equals("rtl")) {
      known.clear();
      platform.json().get("rtl").get("configurations").forEach(name -> known.add(name.asText()));
    }
    assertThat(XclbinScript.option(command, "--configuration")).isIn(known);
  }

  /** With the compiler for device trees, where it is installed. */
  private static void checkOverlay(String overlay) {
    if (!Files.isExecutable(Path.of("/usr/bin/dtc"))) {
      return;
    }
    try {
      Process dtc =
          new ProcessBuilder("/usr/bin/dtc", "-@", "-I", "dts", "-O", "dtb", "-o", "/dev/null", "-")
              .redirectErrorStream(true)
              .start();
      dtc.getOutputStream().write(overlay.getBytes(StandardCharsets.UTF_8));
      dtc.getOutputStream().close();
      String out = new String(dtc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(dtc.waitFor()).as(out).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String hertz() {
    return platform.clockMhz() + "000000";
  }

  private String vitisPlatform() {
    return platform.text("vitis_platform").replace("RELEASE", vitis.replace(".", "") + "0");
  }
}
