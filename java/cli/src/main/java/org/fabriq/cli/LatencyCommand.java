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
import org.fabriq.runtime.CpuLibrary;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceUnavailableException;
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
      "where the time goes. Where the machine was not quiet no number is printed."
    })
final class LatencyCommand implements Callable<Integer> {
  private static final int MAX_BATCH = 65_536;

  @Option(
      names = "--device",
      paramLabel = "ADDRESS",
      defaultValue = "emulation",
      description = "Device, see 'fabriq devices'. Default: ${DEFAULT-VALUE}.")
  private String device;

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
      names = "--layers",
      split = ",",
      paramLabel = "KxN",
      defaultValue = "128x64",
      description =
          "Layers: inputs x outputs. 784x128,128x64,64x10 is the whole network. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> layers;

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
      description = "Rounds at each batch, or what fits the time. Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "Longest time at each batch, without warm-up. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--clock",
      paramLabel = "MHZ",
      description = "Clock that kernel cycles are turned into time by. Default: the image's.")
  private Double clock;

  @Option(
      names = "--even-if-noisy",
      description = "Print numbers of a noisy machine too, marked with '?'.")
  private boolean evenIfNoisy;

  @Mixin private ResultFiles files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    files.check();
    check();
    PrintWriter out = spec.commandLine().getOut();
    LatencyTable table = new LatencyTable(out, evenIfNoisy);
    List<Device> devices = new ArrayList<>();
    List<LatencyResult> results = new ArrayList<>();
    MachineState before = MachineState.now();
    try {
      devices.add(Device.open(device));
      opponents().forEach(address -> devices.add(Device.open(address)));
      table.heading(devices, before);
      long points = (long) kernels.size() * layers.size() * batches.size();
      try (Progress progress = new Progress("latency", points)) {
        for (KernelType kernel : kernels) {
          for (String layer : layers) {
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
    return FabriqCommand.OK;
  }

  private void check() {
    for (int batch : batches) {
      if (batch < 1 || batch > MAX_BATCH) {
        throw new InvalidArgumentException(
            "--batches: %d is outside 1..%d".formatted(batch, MAX_BATCH));
      }
    }
    for (String layer : layers) {
      if (!layer.matches("[1-9][0-9]{0,5}x[1-9][0-9]{0,5}")) {
        throw new InvalidArgumentException(
            "--layers: '%s' is not inputs x outputs, as 128x64".formatted(layer));
      }
    }
    if (samples < 1 || !(seconds > 0) || (clock != null && !(clock > 0))) {
      throw new InvalidArgumentException("--samples, --seconds and --clock must be above 0");
    }
  }

  private List<String> opponents() {
    if (!against.isEmpty()) {
      return against;
    }
    List<String> available = new ArrayList<>();
    for (CpuLibrary library : CpuLibrary.all()) {
      String address = "cpu:" + library.name();
      try (Device opened = Device.open(address)) {
        available.add(opened.address());
      } catch (DeviceUnavailableException e) {
        continue;
      }
    }
    int processors = Runtime.getRuntime().availableProcessors();
    if (processors > 1 && available.size() > 1) {
      available.add("cpu?threads=" + processors);
    }
    return available;
  }

  private LatencyResult measure(
      KernelType kernel,
      String layer,
      List<Device> devices,
      Progress progress,
      int done,
      LatencyTable table) {
    int k = Integer.parseInt(layer.substring(0, layer.indexOf('x')));
    int n = Integer.parseInt(layer.substring(layer.indexOf('x') + 1));
    String name = kernel.name().toLowerCase(Locale.ROOT);
    LatencyMeasurement measurement =
        new LatencyMeasurement(kernel, k, n, samples, (long) (seconds * 1e9));
    table.layer(name, layer);
    List<LatencyResult.Point> points = new ArrayList<>();
    for (int batch : batches) {
      LatencyResult.Point point = measurement.measure(batch, devices);
      points.add(clock == null ? point : point.at(clock));
      table.point(points.get(points.size() - 1));
      progress.stepTo((long) done * batches.size() + points.size());
    }
    return new LatencyResult(name, k, n, List.copyOf(points));
  }
}
