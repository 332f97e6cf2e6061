// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints the results of a JMH run (its JSON) as ratios to the fastest: among the values of
 * parameter {@code address} with all other parameters equal, else among the methods of a class.
 */
public final class Ratios {
  private static final String ADDRESS = "address";

  private record Score(String name, double value, String unit) {}

  private Ratios() {}

  /** Takes the file. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: Ratios RESULTS.json, as JMH writes with -rf json");
      System.exit(2);
    }
    Map<String, List<Score>> groups = new LinkedHashMap<>();
    for (JsonNode result : new ObjectMapper().readTree(new File(arguments[0]))) {
      String benchmark = result.get("benchmark").asText().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
      Map<String, String> parameters = new TreeMap<>();
      result
          .path("params")
          .properties()
          .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
      String address = parameters.remove(ADDRESS);
      String method = benchmark.replaceFirst(".*\\.", "");
      String group = address == null ? benchmark.replaceFirst("\\..*", "") : benchmark;
      JsonNode score = result.get("primaryMetric");
      groups
          .computeIfAbsent(group + " " + parameters, key -> new ArrayList<>())
          .add(
              new Score(
                  address == null ? method : address,
                  score.get("score").asDouble(),
                  score.get("scoreUnit").asText()));
    }
    groups.forEach(Ratios::print);
  }

  private static void print(String group, List<Score> scores) {
    double fastest = scores.stream().mapToDouble(Score::value).min().orElseThrow();
    System.out.println(group);
    for (Score score : scores) {
      System.out.printf(
          "  %-20s %12.2f %-6s %6.2f%n",
          score.name(), score.value(), score.unit(), score.value() / fastest);
    }
  }
}
