// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.LatencyFiles;
import org.fabriq.measure.LatencyMeasurement;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.MachineState;
import org.fabriq.runtime.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq latency}. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the latency of layers on a device beside libraries on the CPU.",
      "All sides run in turn, round by round. It prints percentiles, and where the "
          + "time goes. Noisy times are marked with '?', and what disturbed them stands "
          + "beside them."
    },
    footer = {
      "Measure the emulated kernels at three batch sizes:",
      "  fabriq latency --batches 1,64,1024 --json latency.json",
      "Count the cycles of all layers in a simulation of the kernels:",
      "  fabriq latency --device xrt:hw_emu --sizes 784x128,128x64,64x10 " + "--batches 1,64",
      "Measure the layers of a model:",
      "  fabriq latency --weights net.npz --batches 1,64"
    })
final class LatencyCommand implements Callable<Integer> {
  private static final int MAX_BATCH = 65_536;

  @Mixin private DeviceOption device;

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "ADDRESSES",
      description =
          "These devices are the opponents. The default is every cpu:NAME that is "
              + "there with one thread, and cpu with all cores.")
  private List<String> against = new ArrayList<>();

  @Option(
      names = "--kernels",
      split = ",",
      paramLabel = "LIST",
      defaultValue = "f32f32,f32i8,i8i8",
      description = "These kernels are measured. The default is ${DEFAULT-VALUE}.")
  private List<KernelType> kernels;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "KxN",
      converter = LayerSize.Converter.class,
      defaultValue = "128x64",
      description =
          "These layers are measured, each as inputs x outputs; 784x128,128x64,64x10 "
              + "is the whole network. With --weights the layers of that model are measured: a "
              + "convolution's inputs are the taps and channels of its window, and it multiplies "
              + "a row for each pixel. The default is ${DEFAULT-VALUE}.")
  private List<LayerSize> sizes;

  @Mixin private ModelOption model;

  @Option(
      names = "--batches",
      split = ",",
      paramLabel = "LIST",
      defaultValue = "1,4,16,64,256,1024,4096",
      description =
          "Each dispatch takes as many images as these numbers say, in turn. The "
              + "default is ${DEFAULT-VALUE}.")
  private List<Integer> batches;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "N rounds are timed at each batch, or as many as fit the time. Times of "
              + "fewer than 30 are noisy. The default is ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description =
          "Each batch takes this time at most, without warm-up; up to 30 rounds may "
              + "take four times that. The default is ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--clock",
      paramLabel = "MHZ",
      description =
          "Cycles of kernels are turned into time by this clock. The default is the "
              + "clock of the xclbin.")
  private Double clock;

  @Mixin private QuietOption quiet;

  @Mixin private ResultFiles files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    PrintWriter out = spec.commandLine().getOut();
    List<LayerSize> layers = layers(out);
    LatencyTable table = new LatencyTable(out, quiet);
    List<Device> devices = new ArrayList<>();
    List<LatencyResult> results = new ArrayList<>();
    MachineState before = MachineState.now();
    try {
      devices.add(Device.open(device.address()));
      List<String> opponents = against.isEmpty() ? Opponents.available() : against;
      GivenOptions.of(spec)
          .refuse(
              !DeviceOption.runsXclbin(device.address())
                  && opponents.stream().noneMatch(DeviceOption::runsXclbin),
              "no device counts cycles",
              "leave it out, or give --device xrt:hw_emu or a board",
              "--clock");
      opponents.forEach(address -> devices.add(Device.open(address)));
      table.heading(devices, before);
      long points = (long) kernels.size() * layers.size() * batches.size();
      try (Progress progress = Screen.of(spec).progress("latency", points)) {
        for (KernelType kernel : kernels) {
          for (LayerSize layer : layers) {
            results.add(measure(kernel, layer, devices, progress, results.size(), table));
          }
        }
      }
    } finally {
      devices.forEach(Device::close);
    }
    table.footer();
    files.write(
        () -> LatencyFiles.json(results, before, MachineState.now()),
        () -> LatencyFiles.csv(results),
        out);
    out.flush();
    return ExitCode.OK;
  }

  private List<LayerSize> layers(PrintWriter out) {
    GivenOptions given = GivenOptions.of(spec);
    given.refuse(
        model.given(), "the sizes are those of --weights", "leave out one of both", "--sizes");
    given.refuse(
        !model.given(), "no model is opened", "give --weights, too", ModelOption.ACTIVATION);
    if (!model.given()) {
      return sizes;
    }
    ModelLayers found = ModelLayers.of(model.open());
    out.printf("layers   %s%n", found);
    return found.sizes();
  }

  private void check() {
    for (int batch : batches) {
      if (batch < 1 || batch > MAX_BATCH) {
        throw new InvalidArgumentException(
            "--batches: %d is outside 1..%d".formatted(batch, MAX_BATCH));
      }
    }
    if (samples < 1 || !(seconds > 0) || (clock != null && !(clock > 0))) {
      throw new InvalidArgumentException("--samples, --seconds and --clock must be above 0");
    }
  }

  private LatencyResult measure(
      KernelType kernel,
      LayerSize layer,
      List<Device> devices,
      Progress progress,
      int done,
      LatencyTable table) {
    String name = kernel.name().toLowerCase(Locale.ROOT);
    LatencyMeasurement measurement =
        new LatencyMeasurement(kernel, layer.k(), layer.n(), samples, (long) (seconds * 1e9));
    table.layer(name, layer.toString());
    List<LatencyResult.Point> points = new ArrayList<>();
    for (int batch : batches) {
      LatencyResult.Point point = measurement.measure(batch, devices);
      points.add(clock == null ? point : point.at(clock));
      table.point(points.get(points.size() - 1));
      progress.stepTo((long) done * batches.size() + points.size());
    }
    table.stages(points);
    return new LatencyResult(name, layer.k(), layer.n(), List.copyOf(points));
  }
}
