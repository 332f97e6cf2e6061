// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.LatencyFiles;
import org.fabriq.measure.LatencyMeasurement;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.MachineState;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.plan.Launch;
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
      "Measure the latency of layers, or of whole networks, on a device beside libraries on the"
          + " CPU.",
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
      "  fabriq latency --weights net.npz --batches 1,64",
      "Measure whole networks, beside ONNX Runtime running them as one session:",
      "  fabriq latency --networks mlp-int8.npz,kws.npz --batches 1,64 --json networks.json"
    })
final class LatencyCommand implements Callable<Integer> {
  private static final double PLANNED_MEGAHERTZ = 100;
  private static final String CPU = "cpu";

  @Mixin private DeviceOption device;

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "ADDRESSES",
      description =
          "These devices are the opponents. The default is every cpu:NAME that is there with one"
              + " thread, and cpu with all cores; of whole networks it is cpu, layer by layer.")
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

  @Mixin private NetworkLatencyOptions networks;

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
          "Cycles of kernels are turned into time by this clock. The default is the clock of the"
              + " xclbin, and 100 for cycles by formula.")
  private Double clock;

  @Mixin private QuietOption quiet;

  @Mixin private ResultFiles files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    PrintWriter out = spec.commandLine().getOut();
    Map<String, IntegerNetwork> opened = networks.open();
    List<Device> devices = new ArrayList<>();
    MachineState before = MachineState.now();
    try {
      devices.add(Device.open(device.address()));
      List<String> opponents = opponents();
      opponents.forEach(address -> devices.add(Device.open(address)));
      if (networks.given()) {
        measureNetworks(opened, devices, before, out);
      } else {
        measureLayers(devices, before, out);
      }
    } finally {
      devices.forEach(Device::close);
    }
    out.flush();
    return ExitCode.OK;
  }

  private List<String> opponents() {
    if (!against.isEmpty()) {
      return against;
    }
    if (networks.given()) {
      return device.address().equals(CPU) ? List.of() : List.of(CPU);
    }
    return Opponents.available();
  }

  private void measureLayers(List<Device> devices, MachineState before, PrintWriter out) {
    GivenOptions.of(spec)
        .refuse(
            devices.stream().map(Device::address).noneMatch(DeviceOption::runsXclbin),
            "no device counts cycles",
            "leave it out, or give --device xrt:hw_emu or a board",
            "--clock");
    List<LayerSize> layers = layers(out);
    LatencyTable table = new LatencyTable(out, quiet);
    List<LatencyResult> results = new ArrayList<>();
    table.heading(devices, before);
    long points = (long) kernels.size() * layers.size() * batches.size();
    try (Progress progress = Screen.of(spec).progress("latency", points)) {
      for (KernelType kernel : kernels) {
        for (LayerSize layer : layers) {
          results.add(measure(kernel, layer, devices, progress, results.size(), table));
        }
      }
    }
    table.footer();
    files.write(
        () -> LatencyFiles.json(results, before, MachineState.now()),
        () -> LatencyFiles.csv(results),
        out);
  }

  private void measureNetworks(
      Map<String, IntegerNetwork> opened,
      List<Device> devices,
      MachineState before,
      PrintWriter out) {
    new LatencyTable(out, quiet).heading(devices, before);
    NetworkLatencyTable table =
        new NetworkLatencyTable(out, quiet, clock == null ? PLANNED_MEGAHERTZ : clock);
    NetworkLatencyRun run =
        new NetworkLatencyRun(batches, samples, (long) (seconds * 1e9), clock, table, out);
    List<NetworkLatency> results = new ArrayList<>();
    long points = (long) opened.size() * batches.size();
    try (Progress progress = Screen.of(spec).progress("latency", points)) {
      opened.forEach(
          (name, network) -> {
            long done = (long) results.size() * batches.size();
            List<Launch> launches = networks.launches();
            results.add(run.measure(name, network, launches, devices, progress, done));
          });
    }
    table.footer(devices.get(0).simulated());
    files.write(
        () -> LatencyFiles.jsonOfNetworks(results, before, MachineState.now()),
        () -> LatencyFiles.csvOfNetworks(results),
        out);
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
    networks.check(GivenOptions.of(spec));
    batches.forEach(batch -> BatchLimit.check("--batches:", batch));
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
