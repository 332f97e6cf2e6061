// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.fabriq.measure.Stage;
import org.fabriq.resources.LabFigures;
import org.fabriq.resources.Resource;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** The report's charts. */
final class Figures {
  private static final List<String> KERNELS = ReportData.KERNELS;
  private static final double LEAST_SECONDS = 1e-4;

  private final ReportData data;

  Figures(ReportData data) {
    this.data = data;
  }

  List<Figure> all() {
    String noisy = data.noisy() ? " Measured on a noisy machine." : "";
    List<Figure> figures = new ArrayList<>();
    if (data.breakEven().path("studies").size() > 1) {
      figures.add(
          new Figure(
              "break-even-network",
              "Break-even of the whole network",
              "Time of all layers over the batch: on the FPGA by its model, in one launch, and on"
                  + " CPU opponents as measured. Both axes are logarithmic."
                  + noisy,
              size -> breakEven(size, 1)));
    }
    figures.addAll(always(noisy));
    return figures;
  }

  private List<Figure> always(String noisy) {
    return List.of(
        new Figure(
            "resources",
            "Used resources",
            "Share of the %s, by kernel and report. Yosys counts before placement and routing."
                .formatted(data.resources().path("device").asText("device")),
            this::resources),
        new Figure(
            "accuracy",
            "Accuracy by word length",
            "fp32 x int8 with fixed-point weights of 1 to 8 bits: all layers and layer 2 only,"
                + " rescaled; the lab's literal codes, ours and as the lab reported them.",
            this::accuracy),
        new Figure(
            "inference-time",
            "Inference time by kernel",
            "Seconds for layer 2 of 10,000 images in %d calls, logarithmic: the lab's whole run on"
                    .formatted(ReportData.labCalls())
                + " a Zynq-7020; ours by the model of the break-even; kernels alone, cycles by"
                + " their clock; wall time of the fastest library on this machine."
                + noisy,
            this::inferenceTime),
        new Figure(
            "latency-split",
            "Where the time goes",
            "Medians of one dispatch of layer 2 (int8 x int8) at batch %d. Wall time of simulated"
                    .formatted(data.splitPoint().path("batch").asInt())
                + " devices is left out."
                + noisy,
            this::latencySplit),
        new Figure(
            "break-even",
            "Break-even",
            "Time of layer 2 over the batch: the FPGA by its model, CPU opponents as measured. Both"
                + " axes are logarithmic."
                + noisy,
            size -> breakEven(size, 0)),
        new Figure(
            "cycles",
            "Cycles against the lab",
            "Kernel cycles for 64 x 128 x 64, logarithmic: the lab's reports, and "
                + KERNELS.stream()
                    .flatMap(kernel -> data.clocked(kernel).stream())
                    .findFirst()
                    .map(counted -> "what " + counted.device() + " counted, weights resident.")
                    .orElse("nothing of ours: no device counted cycles."),
            this::cycles));
  }

  private Chart<?, ?> resources(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "% of the device");
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Resource resource : Resource.values()) {
      if (resource != Resource.URAM || uses(resource)) {
        names.add(resource.name());
      }
    }
    for (JsonNode report : data.resources().path("reports")) {
      if (report.path("used").size() > 0) {
        List<Double> shares = new ArrayList<>();
        names.forEach(name -> shares.add(100 * report.path("share").path(name).asDouble()));
        String kind = report.path("kind").asText();
        String name = report.path("name").asText();
        chart.addSeries(
            unique(taken, kind.equals("reference") ? name : name + " (" + kind + ")"),
            names,
            shares);
      }
    }
    return chart;
  }

  /** Whether a report has some of it; many devices have no URAM. */
  private boolean uses(Resource resource) {
    for (JsonNode report : data.resources().path("reports")) {
      if (report.path("used").path(resource.name()).asLong() > 0) {
        return true;
      }
    }
    return false;
  }

  private static String unique(Set<String> taken, String name) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + " " + i;
    }
    return candidate;
  }

  private Chart<?, ?> accuracy(Figure.Size size) {
    XYChart chart = ChartStyle.lines(size, "word length, bits", "accuracy, %");
    List<Integer> wl = new ArrayList<>();
    Map<String, List<Double>> series = new LinkedHashMap<>();
    for (JsonNode row : data.sweep().path("rows")) {
      wl.add(row.path("wl").asInt());
      row.properties()
          .forEach(
              cell -> {
                if (cell.getValue().isObject()) {
                  series
                      .computeIfAbsent(cell.getKey(), key -> new ArrayList<>())
                      .add(100 * cell.getValue().path("accuracy").asDouble());
                }
              });
    }
    series.forEach((name, values) -> chart.addSeries(label(name), wl, values));
    List<Integer> labWl = new ArrayList<>();
    List<Double> labAccuracy = new ArrayList<>();
    for (LabFigures.WordLength point : data.lab().wordLengths()) {
      labWl.add(point.wl());
      labAccuracy.add(100 * point.accuracy());
    }
    chart.addSeries("lab, MNIST", labWl, labAccuracy);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(100.0);
    return chart;
  }

  private static String label(String column) {
    return switch (column) {
      case "all" -> "all layers";
      case "layer2" -> "layer 2 only";
      default -> column;
    };
  }

  private Chart<?, ?> inferenceTime(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "seconds");
    add(chart, "lab, whole run", kernel -> data.lab().kernel(kernel).secondsMax());
    LabComparison comparison = new LabComparison(data);
    add(chart, "FabriQ, by the model", kernel -> orNull(data.offloadSeconds(kernel)));
    add(chart, "lab, kernel", kernel -> comparison.labKernelSeconds(kernel));
    add(chart, "FabriQ, kernel", kernel -> orNull(comparison.ownKernelSeconds(kernel)));
    add(chart, "this CPU", kernel -> orNull(data.cpuSeconds(kernel)));
    logarithmic(chart, LEAST_SECONDS, "0.####");
    return chart;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** One bar for each kernel, none where there is no figure; no series without any. */
  private static void add(CategoryChart chart, String name, Function<String, Double> figure) {
    List<Double> bars = new ArrayList<>();
    KERNELS.forEach(kernel -> bars.add(figure.apply(kernel)));
    if (bars.stream().anyMatch(bar -> bar != null)) {
      chart.addSeries(name, KERNELS, bars);
    }
  }

  private Chart<?, ?> latencySplit(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "microseconds");
    chart.getStyler().setStacked(true);
    List<String> devices = new ArrayList<>();
    List<JsonNode> sides = new ArrayList<>();
    for (JsonNode side : data.splitPoint().path("sides")) {
      if (!side.path("simulated").asBoolean()) {
        sides.add(side);
        String name = side.path("device").asText().replaceFirst("^cpu:", "");
        devices.add(name.replaceFirst("cpu\\?threads=", "all cores: "));
      }
    }
    for (Stage stage : Stage.values()) {
      List<Double> micros = new ArrayList<>();
      for (JsonNode side : sides) {
        micros.add(side.path("stages_p50_us").path(stage.label()).asDouble());
      }
      if (micros.stream().anyMatch(value -> value > 0)) {
        chart.addSeries(stage.label(), devices, micros);
      }
    }
    chart.getStyler().setXAxisLabelRotation(size == Figure.Size.NARROW ? 90 : 0);
    return chart;
  }

  private Chart<?, ?> breakEven(Figure.Size size, int study) {
    XYChart chart = ChartStyle.lines(size, "batch", "microseconds");
    List<Double> batches = new ArrayList<>();
    List<Double> fpga = new ArrayList<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    for (JsonNode point : data.breakEven().path("studies").path(study).path("plot")) {
      batches.add(point.path("batch").asDouble());
      fpga.add(point.path("fpga_us").asDouble());
      point
          .path("cpu_us")
          .properties()
          .forEach(
              side ->
                  cpu.computeIfAbsent(side.getKey(), key -> new ArrayList<>())
                      .add(Math.max(0.1, side.getValue().asDouble())));
    }
    chart.addSeries("FPGA", batches, fpga);
    cpu.forEach((device, micros) -> chart.addSeries(device, batches, micros));
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    return chart;
  }

  private Chart<?, ?> cycles(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "cycles");
    add(
        chart,
        "lab",
        kernel -> (double) data.lab().kernel(kernel).report().cycles().latencyMax().orElseThrow());
    add(
        chart,
        "FabriQ",
        kernel -> data.clocked(kernel).map(counted -> (double) counted.cycles()).orElse(null));
    logarithmic(chart, 100, "#,##0");
    return chart;
  }

  /** Bars of a logarithmic chart begin somewhere above 0. */
  private static void logarithmic(CategoryChart chart, double from, String numbers) {
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(from);
    chart.getStyler().setYAxisDecimalPattern(numbers);
  }
}
