// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.measure.Stage;
import org.fabriq.resources.LabFigures;
import org.fabriq.resources.Resource;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** The report's charts. */
final class Figures {
  private static final List<String> KERNELS = List.of("f32f32", "f32i8", "i8i8");
  private static final int LAB_BATCH = 64;
  private static final double LEAST_SECONDS = 1e-3;

  private final ReportData data;

  Figures(ReportData data) {
    this.data = data;
  }

  List<Figure> all() {
    return List.of(
        new Figure(
            "resources",
            "Used resources",
            "Share of the device, by kernel and report. Yosys counts neither placement nor"
                + " routing.",
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
            "Seconds for layer 2 of 10,000 images, logarithmic. 'emulation' runs the kernels on"
                + " this CPU; the lab ran them on a Zynq-7020 behind its own driver.",
            this::inferenceTime),
        new Figure(
            "latency-split",
            "Where the time goes",
            "Medians of one dispatch of layer 2 (int8 x int8) at batch "
                + ReportData.nearest(data.latencyOf("i8i8"), LAB_BATCH).path("batch").asInt()
                + ". Wall time of simulated devices is left out.",
            this::latencySplit),
        new Figure(
            "break-even",
            "Break-even",
            "Time of layer 2 over the batch: the FPGA by its model, CPU opponents as measured. Both"
                + " axes are logarithmic.",
            this::breakEven),
        new Figure(
            "cycles",
            "Cycles against the lab",
            "Kernel cycles for 64 x 128 x 64, logarithmic: the lab's reports, and what the"
                + " simulated kernels counted where they did.",
            this::cycles));
  }

  private Chart<?, ?> resources(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "% of the device");
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Resource resource : Resource.values()) {
      names.add(resource.name());
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
    chart.addSeries("lab (MNIST)", labWl, labAccuracy);
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
    List<Double> device = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> lab = new ArrayList<>();
    for (String kernel : KERNELS) {
      JsonNode variant = data.variant(kernel);
      device.add(Math.max(LEAST_SECONDS, data.seconds(variant.path("latency"))));
      cpu.add(Math.max(LEAST_SECONDS, data.seconds(variant.path("cpu"))));
      lab.add(data.lab().kernel(kernel).secondsMax());
    }
    chart.addSeries(data.variant("i8i8").path("device").asText("device"), KERNELS, device);
    chart.addSeries("cpu", KERNELS, cpu);
    chart.addSeries("lab", KERNELS, lab);
    logarithmic(chart, LEAST_SECONDS);
    return chart;
  }

  private Chart<?, ?> latencySplit(Figure.Size size) {
    CategoryChart chart = ChartStyle.bars(size, "microseconds");
    chart.getStyler().setStacked(true);
    List<String> devices = new ArrayList<>();
    List<JsonNode> sides = new ArrayList<>();
    for (JsonNode side : ReportData.nearest(data.latencyOf("i8i8"), LAB_BATCH).path("sides")) {
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

  private Chart<?, ?> breakEven(Figure.Size size) {
    XYChart chart = ChartStyle.lines(size, "batch", "microseconds");
    List<Double> batches = new ArrayList<>();
    List<Double> fpga = new ArrayList<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    for (JsonNode point : data.breakEven().at("/studies/0/plot")) {
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
    List<Double> lab = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    for (String kernel : KERNELS) {
      lab.add((double) data.lab().kernel(kernel).report().cycles().latencyMax().orElseThrow());
      long cycles = data.cycles(kernel);
      own.add(cycles < 0 ? null : (double) cycles);
    }
    chart.addSeries("lab", KERNELS, lab);
    if (own.stream().anyMatch(value -> value != null)) {
      chart.addSeries("FabriQ", KERNELS, own);
    }
    logarithmic(chart, 100);
    return chart;
  }

  /** Bars of a logarithmic chart begin somewhere above 0. */
  private static void logarithmic(CategoryChart chart, double from) {
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(from);
  }
}
