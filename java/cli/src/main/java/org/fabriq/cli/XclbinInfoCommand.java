// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.fabriq.xclbin.XclbinChecker;
import org.fabriq.xclbin.XclbinContent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fabriq xclbin info}. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = {
      "Check an xclbin and show what is in it.",
      "The exit code is 2 if it is not sound."
    },
    footer = {
      "Show kernels, memories and sections:",
      "  fabriq xclbin info kernels.xclbin",
      "Write all of it to a file:",
      "  fabriq xclbin info kernels.xclbin --json kernels.json"
    })
final class XclbinInfoCommand implements Callable<Integer> {
  @Parameters(description = "This xclbin is checked and shown.", paramLabel = "XCLBIN")
  private Path file;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    XclbinContent info = XclbinChecker.check(file);
    PrintWriter out = spec.commandLine().getOut();
    print(info, out);
    json.write(info::json, out);
    out.flush();
    return ExitCode.OK;
  }

  private static void print(XclbinContent info, PrintWriter out) {
    XclbinFacts facts = new XclbinFacts(info);
    out.printf("file      %s, %,d bytes%n", info.file(), info.bytes());
    out.printf("sha256    %s%n", info.sha256());
    out.printf("uuid      %s%n", info.uuid());
    out.printf("target    %s%n", facts.target());
    if (info.interfaceUuid() != null) {
      out.printf("interface %s%n", info.interfaceUuid());
    }
    out.printf("made      %s%n", Instant.ofEpochSecond(info.timeStamp()));
    out.printf("clock     %s%n", facts.clock());
    out.printf("contract  %s%n", facts.contract());
    out.printf("manifest  %s%n", facts.manifest());
    for (XclbinContent.Section section : info.sections()) {
      out.printf(
          "section   %-22s %,12d bytes at 0x%x%n",
          section.name(), section.bytes(), section.offset());
    }
    for (XclbinContent.Memory memory : info.memories()) {
      out.printf(
          "memory    %-22s %,12d MiB at 0x%x%s%n",
          memory.name(), memory.kib() >> 10, memory.base(), memory.used() ? "" : ", not used");
    }
    info.kernels().forEach(kernel -> print(kernel, out));
    info.networkConfiguration()
        .ifPresent(name -> out.printf("networks  programs for the sizes of %s%n", name));
  }

  private static void print(XclbinContent.Kernel kernel, PrintWriter out) {
    out.printf("kernel    %s%s%n", kernel.name(), kernel.known() ? "" : ", not one of FabriQ's");
    for (XclbinContent.Instance instance : kernel.instances()) {
      out.printf(
          "  instance %s at 0x%x, %s%n", instance.name(), instance.base(), instance.control());
    }
    for (XclbinContent.Argument argument : kernel.arguments()) {
      out.printf(
          "  %-8s %-12s %-7s %d bytes at 0x%02x, %s%n",
          argument.index() == null ? "-" : argument.index(),
          argument.name(),
          argument.pointer() ? "pointer" : "scalar",
          argument.bytes(),
          argument.offset(),
          argument.port());
    }
  }
}
