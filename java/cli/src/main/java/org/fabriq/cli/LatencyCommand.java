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
      "Latency of a layer on a device beside its CPU opponents, run by run in turn: percentiles,"
          + " and",
      "where the time goes. Noisy times are marked with '?', and what disturbed them stands beside"
          + " them."
    })
final class LatencyCommand implements Callable<Integer> {
  private static final int MAX_BATCH = 65_536;

  @Mixin private DeviceOption device;

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "ADDRESSES",
      description =
          "Opponents. Default: every cpu:NAME that is there with one thread, and cpu with all"
              + " cores.")
  private List<String> against = new ArrayList<>();

  @Option(
      names = "--kernels",
      split = ",",
      paramLabel = "LIST",
      defaultValue = "f32f32,f32i8,i8i8",
      description = "Kernels. Default: ${DEFAULT-VALUE}.")
  private List<KernelType> kernels;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "KxN",
      converter = LayerSize.Converter.class,
      defaultValue = "128x64",
      description =
          "Layers: inputs x outputs. 784x128,128x64,64x10 is the whole network. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<LayerSize> sizes;

  @Option(
      names = "--batches",
      split = ",",
      paramLabel = "LIST",
      defaultValue = "1,4,16,64,256,1024,4096",
      description = "Images per dispatch. Default: ${DEFAULT-VALUE}.")
  private List<Integer> batches;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Rounds at each batch, or what fits the time; times of fewer than 30 are noisy. Default:"
              + " ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description =
          "Longest time at each batch, without warm-up; up to 30 rounds may take four times that."
              + " Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--clock",
      paramLabel = "MHZ",
      description = "Clock that kernel cycles are turned into time by. Default: the xclbin's.")
  private Double clock;

  @Mixin private QuietOption quiet;

  @Mixin private ResultFiles files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    files.check();
    check();
    PrintWriter out = spec.commandLine().getOut();
    LatencyTable table = new LatencyTable(out, quiet);
    List<Device> devices = new ArrayList<>();
    List<LatencyResult> results = new ArrayList<>();
    MachineState before = MachineState.now();
    try {
      devices.add(Device.open(device.address()));
      List<String> opponents = against.isEmpty() ? Opponents.available() : against;
      opponents.forEach(address -> devices.add(Device.open(address)));
      table.heading(devices, before);
      long points = (long) kernels.size() * sizes.size() * batches.size();
      try (Progress progress = Screen.of(spec).progress("latency", points)) {
        for (KernelType kernel : kernels) {
          for (LayerSize layer : sizes) {
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
    return new LatencyResult(name, layer.k(), layer.n(), List.copyOf(points));
  }
}
