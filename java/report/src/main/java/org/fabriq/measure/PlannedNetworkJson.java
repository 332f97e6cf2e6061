// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.measure.PlannedNetwork.Program;

/** The object {@code planned} of a network in a latency file: how it is written and read. */
final class PlannedNetworkJson {
  private PlannedNetworkJson() {}

  static void write(ObjectNode node, PlannedNetwork planned) {
    node.put("target", planned.target());
    if (planned.fits()) {
      node.put("multiplications", planned.multiplications());
      node.put("image_bytes", planned.imageBytes());
      node.put("result_bytes", planned.resultBytes());
    }
    ArrayNode programs = node.putArray("programs");
    for (Program program : planned.programs()) {
      ObjectNode entry = programs.addObject();
      entry.put("images", program.images());
      entry.put("alone", program.alone());
      entry.put("following", program.following());
    }
    ArrayNode obstacles = node.putArray("obstacles");
    planned.obstacles().forEach(obstacles::add);
  }

  static PlannedNetwork read(JsonNode node) {
    List<Program> programs = new ArrayList<>();
    for (JsonNode entry : node.path("programs")) {
      programs.add(
          new Program(
              entry.path("images").asInt(),
              entry.path("alone").asLong(),
              entry.path("following").asLong()));
    }
    List<String> obstacles = new ArrayList<>();
    node.path("obstacles").forEach(obstacle -> obstacles.add(obstacle.asText()));
    return new PlannedNetwork(
        node.path("target").asText(),
        node.path("multiplications").asLong(),
        node.path("image_bytes").asDouble(),
        node.path("result_bytes").asDouble(),
        programs,
        obstacles);
  }
}
