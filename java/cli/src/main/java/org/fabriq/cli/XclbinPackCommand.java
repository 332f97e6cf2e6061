// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.xclbin.BitstreamXclbin;
import org.fabriq.xclbin.KernelDescriptor;
import org.fabriq.xclbin.XclbinManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq xclbin pack}. */
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = {
      "Put the bitstream of a Vivado block design into an xclbin for a board.",
      "The design has one instance of each kernel, 64 KiB of registers for each, "
          + "and one bank of memory from address 0 on. The manifest is written to "
          + "FILE.json."
    },
    footer = {
      "Pack a design with one kernel for a PYNQ-Z2:",
      "  fabriq xclbin pack --bitstream a.bit --platform fabriq_pynq-z2 --kernels matmul_i8i8 \\",
      "    --base 0x40000000 --memory 512 --clock 100 --out a.xclbin",
      "Pack a design with two kernels, and say what made it:",
      "  fabriq xclbin pack --bitstream b.bit --platform mine --kernels matmul_i8i8,matmul_f32i8"
          + " \\",
      "    --base 0x40000000 --memory 512 --clock 100 --tool vivado=2024.2 --out b.xclbin"
    })
final class XclbinPackCommand implements Callable<Integer> {
  @Option(
      names = "--bitstream",
      required = true,
      paramLabel = "FILE",
      description = "The bitstream is this .bit file.")
  private Path bitstream;

  @Option(
      names = "--platform",
      required = true,
      paramLabel = "NAME",
      description = "The design has this name, as fabriq_pynq-z2.")
  private String platform;

  @Option(
      names = "--kernels",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description =
          "The design has these kernels, in the order of their addresses and " + "interrupts.")
  private String[] kernels;

  @Option(
      names = "--configuration",
      paramLabel = "NAME",
      converter = TargetConverter.class,
      description =
          "The kernel network_i8 was built in this configuration of its sizes, as zynq (the"
              + " default), small, alveo or hls; --kernels must name it.")
  private OverlayTarget configuration;

  @Option(
      names = "--base",
      required = true,
      paramLabel = "ADDRESS",
      description = "The registers of the first kernel begin at this address, as 0x40000000.")
  private String base;

  @Option(
      names = "--memory",
      required = true,
      paramLabel = "MIB",
      description = "The board has this much memory.")
  private int memory;

  @Option(
      names = "--clock",
      required = true,
      paramLabel = "MHZ",
      description = "The kernels have this clock, 1 to 1000.")
  private int clock;

  @Option(
      names = "--tool",
      paramLabel = "NAME=VERSION",
      description =
          "This tool made the bitstream, as vivado=2024.2. The option may be given "
              + "several times.")
  private Map<String, String> tools = new TreeMap<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The xclbin is written to this file, which is overwritten if it is there.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    XclbinManifest manifest =
        new BitstreamXclbin(
                bitstream,
                platform,
                clock,
                Arrays.stream(kernels).map(KernelDescriptor::of).toList(),
                configuration == null ? null : configuration.name(),
                address(base),
                memory)
            .write(out, tools);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: hw, %,d bytes, uuid %s; manifest %s%n",
            out, manifest.bytes(), manifest.uuid(), XclbinManifest.beside(out));
    return ExitCode.OK;
  }

  private static long address(String text) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      throw new InvalidArgumentException(
          "base '%s'; give an address as 0x40000000".formatted(text));
    }
  }
}
