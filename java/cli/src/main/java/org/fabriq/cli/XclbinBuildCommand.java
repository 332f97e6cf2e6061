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
    description = {"Build an xclbin for emulation, and its manifest FILE.json."},
    footer = {
      "Build one with all kernels in SystemVerilog, simulated:",
      "  fabriq xclbin build --target hw_emu --model rtl --out kernels.xclbin",
      "Build one with two instances of one kernel:",
      "  fabriq xclbin build --target sw_emu --kernels matmul_i8i8 --instances 2 "
          + "--out i8i8.xclbin"
    })
final class XclbinBuildCommand implements Callable<Integer> {
  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      description =
          "The xclbin is for sw_emu, which runs the kernels as host code, or for "
              + "hw_emu, which runs a simulator.")
  private String target;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The xclbin is written to this file, which is overwritten if it is there.")
  private Path out;

  @Option(
      names = "--kernels",
      split = ",",
      paramLabel = "NAME",
      description = "It holds these kernels, as matmul_i8i8,matmul_f32i8. The default is all.")
  private String[] kernels;

  @Option(
      names = "--descriptor",
      split = ",",
      paramLabel = "FILE",
      description =
          "It holds kernels that are not FabriQ's, as these files describe them. "
              + "--payload is needed with this option, and --kernels excludes it.")
  private Path[] descriptors;

  @Option(
      names = "--instances",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "It holds N instances of each kernel, 1 to 8. The default is " + "${DEFAULT-VALUE}.")
  private int instances;

  @Option(
      names = "--clock",
      paramLabel = "MHZ",
      description =
          "Simulated cycles are told as time by this clock; emulation does not run by "
              + "it. The default is 100 with the model rtl, and 300 with the others.")
  private Integer clock;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "This model computes. For sw_emu it is host. For hw_emu it is rtl, the "
              + "kernels in SystemVerilog, Verilated, or cpp, host code with counted cycles; "
              + "the default is rtl where the build had verilator.")
  private String model;

  @Option(
      names = "--payload",
      paramLabel = "FILE",
      description =
          "This file computes instead of a model: a shared object with kernels "
              + "(sw_emu) or a simulator (hw_emu).")
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
