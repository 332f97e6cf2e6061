// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why times are not to be trusted, and how that is said: each such time carries {@link #mark()},
 * and {@link #cause()} stands beside them. {@link NoiseRule} decides what is noise.
 *
 * @param findings what was wrong, in words; empty where the times are to be trusted
 */
public record Noise(List<String> findings) {
  /** Nothing was wrong. */
  public static final Noise NONE = new Noise(List.of());

  private static final String FIELD = "noise";
  private static final int REMARKED = 3;

  /** Keeps a copy without repetitions, in order. */
  public Noise {
    findings = List.copyOf(new LinkedHashSet<>(findings));
  }

  /** Reads the field {@code noise} of an object that {@link #writeTo} wrote. */
  public static Noise of(JsonNode node) {
    List<String> findings = new ArrayList<>();
    node.path(FIELD).forEach(finding -> findings.add(finding.asText()));
    return new Noise(findings);
  }

  /**
   * Reads a point of a latency file. Its samples are judged again, for files of former versions did
   * not count few samples as noise.
   */
  public static Noise ofPoint(JsonNode point) {
    long samples = Long.MAX_VALUE;
    for (JsonNode side : point.path("sides")) {
      samples = Math.min(samples, side.path("samples").asLong(Long.MAX_VALUE));
    }
    return NoiseRule.ofSamples(samples).and(of(point));
  }

  /** Writes the field {@code noise}: the findings, none for times to be trusted. */
  public void writeTo(ObjectNode node) {
    ArrayNode list = node.putArray(FIELD);
    findings.forEach(list::add);
  }

  /** Whether the times are to be trusted. */
  public boolean quiet() {
    return findings.isEmpty();
  }

  /**
   * Whether to print the times.
   *
   * @param onlyQuiet whether those that are not to be trusted are withheld
   */
  public boolean shown(boolean onlyQuiet) {
    return quiet() || !onlyQuiet;
  }

  /** What stands behind each number: a question mark, or nothing where it is to be trusted. */
  public String mark() {
    return quiet() ? "" : "?";
  }

  /** Microseconds with one digit after the point, and the mark. */
  public String micros(double value) {
    return "%.1f%s".formatted(value, mark());
  }

  /** All findings, with semicolons between them. */
  public String text() {
    return String.join("; ", findings);
  }

  /** What stands beside, or in place of, the times: {@code noisy: } and every finding. */
  public String cause() {
    return "noisy: " + text();
  }

  /**
   * A sentence for a chart's caption, with a blank before it; empty where nothing was wrong.
   *
   * @param onlyQuiet whether the times are withheld
   */
  public String remark(boolean onlyQuiet) {
    if (quiet()) {
      return "";
    }
    int more = Math.max(0, findings.size() - REMARKED);
    return " Times %s noisy: %s%s."
        .formatted(
            onlyQuiet ? "are left out where they are" : "marked with ? are",
            String.join("; ", findings.subList(0, findings.size() - more)),
            more > 0 ? "; and %d findings more".formatted(more) : "");
  }

  /** The same, said of a place. */
  public Noise at(String place) {
    return quiet() ? this : new Noise(List.of(place + ": " + text()));
  }

  /** What was wrong with either. */
  public Noise and(Noise other) {
    return new Noise(Stream.concat(findings.stream(), other.findings.stream()).toList());
  }
}
