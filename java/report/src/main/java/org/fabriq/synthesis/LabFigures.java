// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the student lab measured: three kernels of 64 x 128 x 64 on a Zynq-7020 at a target of 10
 * ns, and layer 2 of its network on them. Times are for 10,000 images, in seconds.
 *
 * @param kernels in the order f32f32, f32i8, i8i8
 * @param wordLengths the fp32 x int8 kernel with fixed-point weights of 1 to 8 bits
 */
public record LabFigures(List<Kernel> kernels, List<WordLength> wordLengths) {
  /**
   * One kernel.
   *
   * @param variant f32f32, f32i8 or i8i8
   * @param report latency, interval, clock and resources
   * @param accuracy share of 10,000 MNIST images classified right; of wl = 8 for f32i8
   * @param secondsMin least time of a run
   * @param secondsMax most time of a run
   */
  public record Kernel(
      String variant,
      ResourceReport report,
      double accuracy,
      double secondsMin,
      double secondsMax) {}

  /** One word length: share of images classified right, and the time of a run in seconds. */
  public record WordLength(int wl, double accuracy, double seconds) {}

  /** The figures that ship with FabriQ. */
  public static LabFigures load() {
    try (InputStream in = LabFigures.class.getResourceAsStream("lab.json")) {
      JsonNode root = new ObjectMapper().readTree(in);
      List<Kernel> kernels = new ArrayList<>();
      root.get("kernels").forEach(node -> kernels.add(kernel(node, root)));
      List<WordLength> wordLengths = new ArrayList<>();
      for (JsonNode node : root.get("word_lengths")) {
        wordLengths.add(
            new WordLength(
                node.get("wl").asInt(),
                node.get("accuracy").asDouble(),
                node.get("seconds").asDouble()));
      }
      return new LabFigures(List.copyOf(kernels), List.copyOf(wordLengths));
    } catch (IOException e) {
      throw new UncheckedIOException("lab.json cannot be read; build the jar again", e);
    }
  }

  /** The kernel of a variant. */
  public Kernel kernel(String variant) {
    return kernels.stream().filter(k -> k.variant().equals(variant)).findFirst().orElseThrow();
  }

  private static Kernel kernel(JsonNode node, JsonNode root) {
    OptionalLong cycles = OptionalLong.of(node.get("cycles").asLong());
    OptionalLong interval = OptionalLong.of(node.get("interval").asLong());
    ResourceCounts used =
        ResourceCounts.of(
            node.get("LUT").asLong(),
            node.get("FF").asLong(),
            node.get("DSP").asLong(),
            node.get("BRAM_18K").asLong(),
            0);
    String variant = node.get("variant").asText();
    return new Kernel(
        variant,
        new ResourceReport(
            "lab " + variant,
            ReportKind.REFERENCE,
            root.get("tool").asText(),
            root.get("part").asText(),
            used,
            FpgaDevice.XC7Z020.totals(),
            new ClockEstimate(
                OptionalDouble.of(root.get("clock_target_ns").asDouble()),
                OptionalDouble.of(node.get("clock_estimated_ns").asDouble())),
            new CycleEstimate(cycles, cycles, interval, interval),
            "shipped with FabriQ"),
        node.get("accuracy").asDouble(),
        node.get("seconds").get(0).asDouble(),
        node.get("seconds").get(1).asDouble());
  }
}
