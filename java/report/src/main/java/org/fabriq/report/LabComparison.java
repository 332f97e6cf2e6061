// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.fabriq.measure.Noise;
import org.fabriq.synthesis.LabFigures;
import org.fabriq.synthesis.Resource;

/**
 * The lab's figures beside ours, row by row: cycles, time, accuracy and resources of the three
 * kernels, accuracy and time by word length. Time by a kernel's clock and wall time of this machine
 * are rows of their own; wall time of simulated devices is in none.
 */
public final class LabComparison {
  private static final List<Resource> RESOURCES =
      List.of(Resource.LUT, Resource.FF, Resource.DSP, Resource.BRAM_18K);
  private static final Map<String, String> COLUMNS =
      Map.of(
          "literal", "codes used literally",
          "all", "all layers",
          "layer2", "layer 2 only");
  private static final String RUN = "10,000 images, s: lab's run, ours by the model";

  private static final String LAB_MODEL = "784-128-64-10";

  private final ReportData data;
  private final LabTimes times;
  private final List<LabRow> rows = new ArrayList<>();

  /** Compares. */
  public LabComparison(ReportData data) {
    this.data = data;
    this.times = new LabTimes(data);
    ReportData.KERNELS.forEach(this::kernel);
    data.lab().wordLengths().forEach(this::wordLength);
  }

  /** The rows: kernel by kernel, then word length by word length. */
  public List<LabRow> rows() {
    return List.copyOf(rows);
  }

  /** What keeps figures from being about the same thing, in sentences. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    String images = data.compare().path("data").asText();
    if (images.equals("synthetic digits")) {
      remarks.add("Accuracies are of synthetic digits, the lab's of MNIST: give --data DIR.");
    }
    String model = data.compare().path("model").asText();
    if (!model.startsWith(LAB_MODEL)) {
      remarks.add("Accuracies are of %s, the lab's of %s.".formatted(model, LAB_MODEL));
    }
    int count = data.variant("f32").path("images").asInt(LabTimes.IMAGES);
    if (count != LabTimes.IMAGES) {
      remarks.add("Accuracies are of %,d images, the lab's of 10,000.".formatted(count));
    }
    return remarks;
  }

  private void kernel(String kernel) {
    LabFigures.Kernel lab = data.lab().kernel(kernel);
    Optional<ReportData.Clocked> own = data.clocked(kernel);
    String counted = own.map(c -> "counted by " + c.device()).orElse("no device counted cycles");
    add(
        kernel,
        "cycles of a 64 x 128 x 64 call",
        lab.report().cycles().latencyMax().orElseThrow(),
        figure(own, ReportData.Clocked::cycles),
        0,
        counted);
    add(
        kernel,
        "clock period, ns",
        lab.report().clock().estimated().orElseThrow(),
        figure(own.filter(ReportData.Clocked::hasClock), c -> 1000 / c.megahertz()),
        2,
        "stated by the xclbin, not placed or routed; the lab's is HLS's estimate");
    add(
        kernel,
        "kernel for 10,000 images, s",
        times.labKernel(kernel),
        times.ownKernel(kernel),
        4,
        "%d calls x cycles x period, without host and transfers".formatted(LabTimes.CALLS));
    add(kernel, RUN, lab.secondsMax(), times.offload(kernel), 4, offload());
    rows.add(
        new LabRow(
            kernel,
            0,
            "10,000 images, s: lab's run, this CPU",
            lab.secondsMax(),
            times.cpu(kernel),
            4,
            data.latencies().fastestCpu(kernel).map(LabComparison::wallTime).orElse("not measured"),
            data.latencies().noise(kernel)));
    JsonNode variant = data.variant(kernel);
    add(
        kernel,
        "accuracy, %",
        100 * lab.accuracy(),
        variant.isMissingNode()
            ? OptionalDouble.empty()
            : OptionalDouble.of(100 * variant.path("accuracy").asDouble()),
        2,
        variant.isMissingNode()
            ? "not run"
            : "layer %s on %s, weights %s"
                .formatted(
                    data.compare().path("placed").asText("2"),
                    variant.path("device").asText(),
                    variant.path("scheme").asText()));
    if (kernel.equals("i8i8")) {
      int16(lab);
    }
    resources(kernel, lab);
  }

  /** Layer 2 with sums in int16, which the lab's kernel has. */
  private void int16(LabFigures.Kernel lab) {
    JsonNode own = data.sweep().path("int16");
    add(
        "i8i8",
        "accuracy, %, layer 2 summed in int16",
        100 * lab.accuracy(),
        own.isMissingNode()
            ? OptionalDouble.empty()
            : OptionalDouble.of(100 * own.path("accuracy").asDouble()),
        2,
        own.isMissingNode()
            ? "not run; 'fabriq sweep' writes it"
            : ("inputs %s, weights %s; %,d of %,d sums leave int16, %d bits needed, %d possible;"
                    + " %.2f with exact sums")
                .formatted(
                    own.path("inputs").asText(),
                    own.path("weights").asText(),
                    own.path("left").asLong(),
                    own.path("sums").asLong(),
                    own.path("bits_seen").asInt(),
                    own.path("bits_possible").asInt(),
                    100 * own.path("exact_accuracy").asDouble()));
  }

  private void resources(String kernel, LabFigures.Kernel lab) {
    Optional<JsonNode> report = data.synthesized(kernel);
    for (Resource resource : RESOURCES) {
      JsonNode used = report.map(node -> node.path("used").path(resource.name())).orElse(null);
      add(
          kernel,
          resource.name(),
          lab.report().used().get(resource).orElseThrow(),
          used == null || used.isMissingNode()
              ? OptionalDouble.empty()
              : OptionalDouble.of(used.asDouble()),
          0,
          report
              .map(
                  node ->
                      "%s, %s".formatted(node.path("kind").asText(), node.path("stage").asText()))
              .orElse("no report of this kernel"));
    }
  }

  private void wordLength(LabFigures.WordLength lab) {
    for (JsonNode row : data.sweep().path("rows")) {
      if (row.path("wl").asInt() == lab.wl()) {
        for (String column : List.of("literal", "all", "layer2")) {
          if (row.has(column)) {
            rows.add(
                new LabRow(
                    "f32i8",
                    lab.wl(),
                    "accuracy, %, " + COLUMNS.get(column),
                    100 * lab.accuracy(),
                    OptionalDouble.of(100 * row.path(column).path("accuracy").asDouble()),
                    2,
                    "fixed point, fl = " + row.path(column).path("fl").asInt(),
                    Noise.NONE));
          }
        }
      }
    }
    rows.add(
        new LabRow(
            "f32i8",
            lab.wl(),
            RUN,
            lab.seconds(),
            times.offload("f32i8"),
            4,
            "the same whatever the word length",
            Noise.NONE));
  }

  /** Where a wall time is from. */
  private static String wallTime(JsonNode side) {
    return "layer 2, wall time, %s, %,d samples%s"
        .formatted(
            side.path("device").asText(),
            side.path("samples").asLong(),
            side.has("spread")
                ? ", spread %.0f %%".formatted(100 * side.get("spread").asDouble())
                : "");
  }

  private String offload() {
    return "%d calls: launch %.0f us and %.2f GB/s (entered), kernel as above"
        .formatted(
            LabTimes.CALLS,
            data.breakEven().path("launch_us").asDouble(),
            data.breakEven().path("rate_gb_per_s").asDouble());
  }

  private void add(
      String kernel, String what, double lab, OptionalDouble own, int digits, String source) {
    rows.add(new LabRow(kernel, 0, what, lab, own, digits, source, Noise.NONE));
  }

  private static <T> OptionalDouble figure(Optional<T> source, ToDoubleFunction<T> figure) {
    return source
        .map(value -> OptionalDouble.of(figure.applyAsDouble(value)))
        .orElse(OptionalDouble.empty());
  }
}
