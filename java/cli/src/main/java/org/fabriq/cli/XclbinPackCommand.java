// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
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
      "Put the bitstream of a Vivado block design into an xclbin for a board, with manifest"
          + " FILE.json:",
      "one instance of each kernel, 64 KiB of registers each, one bank of memory from address 0 on."
    })
final class XclbinPackCommand implements Callable<Integer> {
  @Option(
      names = "--bitstream",
      required = true,
      paramLabel = "FILE",
      description = "The .bit file.")
  private Path bitstream;

  @Option(
      names = "--platform",
      required = true,
      paramLabel = "NAME",
      description = "Name of the design, as fabriq_pynq-z2.")
  private String platform;

  @Option(
      names = "--kernels",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "Its kernels, in the order of their addresses and interrupts.")
  private String[] kernels;

  @Option(
      names = "--base",
      required = true,
      paramLabel = "ADDRESS",
      description = "Address of the first kernel's registers, as 0x40000000.")
  private String base;

  @Option(
      names = "--memory",
      required = true,
      paramLabel = "MIB",
      description = "Memory of the board.")
  private int memory;

  @Option(
      names = "--clock",
      required = true,
      paramLabel = "MHZ",
      description = "Clock of the kernels, 1 to 1000.")
  private int clock;

  @Option(
      names = "--tool",
      paramLabel = "NAME=VERSION",
      description = "What made the bitstream, as vivado=2024.2; may be given several times.")
  private Map<String, String> tools = new TreeMap<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The xclbin; overwritten if it is there.")
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
