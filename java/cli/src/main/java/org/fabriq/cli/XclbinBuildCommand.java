// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.runtime.EmulationModel;
import org.fabriq.xclbin.KernelDescriptor;
import org.fabriq.xclbin.XclbinBuilder;
import org.fabriq.xclbin.XclbinManifest;
import org.fabriq.xclbin.XclbinTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq xclbin build}. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = "Build an xclbin for emulation, and its manifest FILE.json.")
final class XclbinBuildCommand implements Callable<Integer> {
  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      description = "sw_emu: the kernels as host code. hw_emu: with a simulator.")
  private String target;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The xclbin; overwritten if it is there.")
  private Path out;

  @Option(
      names = "--kernels",
      split = ",",
      paramLabel = "NAME",
      description = "Kernels, as matmul_i8i8,matmul_f32i8; the default is all.")
  private String[] kernels;

  @Option(
      names = "--descriptor",
      split = ",",
      paramLabel = "FILE",
      description =
          "Descriptors of kernels that are not FabriQ's, instead of --kernels; with --payload.")
  private Path[] descriptors;

  @Option(
      names = "--instances",
      defaultValue = "1",
      paramLabel = "N",
      description = "Instances of each kernel, 1 to 8 (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--clock",
      paramLabel = "MHZ",
      description =
          "Clock by which simulated cycles are told as time (default: 100 with the model rtl, else"
              + " 300); emulation does not run by it.")
  private Integer clock;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "What computes. sw_emu: host. hw_emu: rtl, the kernels in SystemVerilog, Verilated"
              + " (default where the build had verilator), or cpp, host code with counted cycles.")
  private String model;

  @Option(
      names = "--payload",
      paramLabel = "FILE",
      description =
          "What computes instead of a model: a shared object with kernels (sw_emu) or a simulator"
              + " (hw_emu).")
  private Path payload;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    XclbinTarget chosen = XclbinTarget.ofLabel(target);
    if (descriptors != null && (kernels != null || payload == null)) {
      throw new InvalidArgumentException(
          "--descriptor is for kernels that are not FabriQ's; give their --payload, and no"
              + " --kernels");
    }
    if (model != null && payload != null) {
      throw new InvalidArgumentException("--model and --payload exclude one another; give one");
    }
    EmulationModel computes = model(chosen);
    XclbinBuilder builder =
        new XclbinBuilder(chosen, computes == null ? payload : computes.payload())
            .instances(instances);
    if (computes != null) {
      builder.clockMhz(computes.clockMhz());
    }
    if (clock != null) {
      builder.clockMhz(clock);
    }
    if (kernels != null) {
      builder.kernels(Arrays.stream(kernels).map(KernelDescriptor::of).toList());
    }
    if (descriptors != null) {
      builder.kernels(Arrays.stream(descriptors).map(KernelDescriptor::read).toList());
    }
    XclbinManifest manifest = builder.write(out);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %s, %s, %,d bytes, uuid %s; manifest %s%n",
            out,
            chosen,
            computes == null ? payload.getFileName() : computes.description(),
            manifest.bytes(),
            manifest.uuid(),
            XclbinManifest.beside(out));
    return ExitCode.OK;
  }

  /** Null if the payload is the user's. */
  private EmulationModel model(XclbinTarget chosen) {
    if (payload != null || chosen == XclbinTarget.HW) {
      return null;
    }
    return model == null ? EmulationModel.preferred(chosen) : EmulationModel.named(chosen, model);
  }
}
