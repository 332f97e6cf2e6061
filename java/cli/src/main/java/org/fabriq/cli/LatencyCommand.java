// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
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
import org.fabriq.measure.Stage;
import org.fabriq.runtime.CpuLibrary;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceUnavailableException;
import picocli.CommandLine.Command;
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
      defaultValue = "100",
      description =
          "Clock of the image, for kernel cycles that a simulation counted. Default:"
              + " ${DEFAULT-VALUE}.")
  private double clock;

  @Option(
      names = "--even-if-noisy",
      description = "Print numbers of a noisy machine too, marked with '?'.")
  private boolean evenIfNoisy;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the results as JSON.")
  private Path json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Also write the results as CSV.")
  private Path csv;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonOutput.requireFolder(json);
    JsonOutput.requireFolder(csv);
    check();
    PrintWriter out = spec.commandLine().getOut();
    List<Device> devices = new ArrayList<>();
    List<LatencyResult> results = new ArrayList<>();
    MachineState before = MachineState.now();
    try {
      devices.add(Device.open(device));
      opponents().forEach(address -> devices.add(Device.open(address)));
      heading(out, devices, before);
      long points = (long) kernels.size() * layers.size() * batches.size();
      try (Progress progress = new Progress("latency", points)) {
        for (KernelType kernel : kernels) {
          for (String layer : layers) {
            results.add(measure(kernel, layer, devices, progress, results.size(), out));
          }
        }
      }
    } finally {
      devices.forEach(Device::close);
    }
    footer(out);
    if (json != null) {
      JsonOutput.write(json, LatencyFiles.json(results, before, MachineState.now()));
      out.printf("written: %s%n", json);
    }
    if (csv != null) {
      JsonOutput.writeText(csv, LatencyFiles.csv(results));
      out.printf("written: %s%n", csv);
    }
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
    if (samples < 1 || !(seconds > 0) || !(clock > 0)) {
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

  private static void heading(PrintWriter out, List<Device> devices, MachineState machine) {
    out.printf(
        "machine  %s, %d processors, load %.2f, %.0f MHz%n",
        machine.processor(), machine.processors(), machine.load(), machine.megahertz());
    for (int i = 0; i < devices.size(); i++) {
      out.printf("%-8s %s%n", i == 0 ? "device" : "against", devices.get(i));
    }
    out.flush();
  }

  private LatencyResult measure(
      KernelType kernel,
      String layer,
      List<Device> devices,
      Progress progress,
      int done,
      PrintWriter out) {
    int k = Integer.parseInt(layer.substring(0, layer.indexOf('x')));
    int n = Integer.parseInt(layer.substring(layer.indexOf('x') + 1));
    String name = kernel.name().toLowerCase(Locale.ROOT);
    LatencyMeasurement measurement =
        new LatencyMeasurement(kernel, k, n, samples, (long) (seconds * 1e9));
    out.printf("%n%s, layer %s, microseconds per batch%n", name, layer);
    out.printf(
        "%6s %-22s %8s %10s %10s %10s %7s |",
        "batch", "device", "samples", "p50", "p95", "p99", "ratio");
    for (Stage stage : Stage.values()) {
      out.printf(" %s", stage.label());
    }
    out.println();
    List<LatencyResult.Point> points = new ArrayList<>();
    for (int batch : batches) {
      LatencyResult.Point point = measurement.measure(batch, devices);
      points.add(point);
      print(point, out);
      progress.stepTo((long) done * batches.size() + points.size());
    }
    return new LatencyResult(name, k, n, List.copyOf(points));
  }

  private void print(LatencyResult.Point point, PrintWriter out) {
    if (!point.quiet()) {
      out.printf("%6d noisy: %s%n", point.batch(), String.join(", ", point.noise()));
      if (!evenIfNoisy) {
        out.flush();
        return;
      }
    }
    String mark = point.quiet() ? " " : "?";
    double own = point.sides().get(0).p50();
    for (LatencyResult.Side side : point.sides()) {
      out.printf(
          "%6d %-22s %8d %9.1f%s %9.1f%s %9.1f%s %7.2f |",
          point.batch(),
          side.address(),
          side.samples(),
          side.p50(),
          mark,
          side.p95(),
          mark,
          side.p99(),
          mark,
          own / side.p50());
      for (Stage stage : Stage.values()) {
        out.printf(" %" + stage.label().length() + ".1f", side.stages().get(stage));
      }
      if (side.cycles() >= 0) {
        out.printf(
            "  kernel: %,d cycles = %.1f us at %.0f MHz",
            side.cycles(), side.cycles() / clock, clock);
      }
      out.println(side.simulated() ? "  (simulated: wall time is not the device's)" : "");
    }
    out.flush();
  }

  private static void footer(PrintWriter out) {
    out.println();
    out.println(
        "From the layer's fp32 inputs to its fp32 outputs; sides take turns. ratio: device p50");
    out.println(
        "/ this p50. Stages are medians; host-to-device holds the packing of A. A noisy point");
    out.println("is one where fixed work beside it spread by over 15 % or drifted by over 10 %.");
  }
}
