// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.io.JsonObject;

/** Reads the configurations that the kernel's sources can be built in. */
final class OverlayTargets {
  private OverlayTargets() {}

  /**
   * Reads a description.
   *
   * @throws org.fabriq.FileFormatException if a number is missing, or a name is there twice
   */
  static Map<String, OverlayTarget> of(JsonObject json) {
    Map<String, OverlayTarget> targets = new LinkedHashMap<>();
    for (JsonObject each : json.objects("targets")) {
      OverlayTarget target =
          new OverlayTarget(
              each.text("name"),
              each.integer("lines"),
              each.integer("weightEntries"),
              each.integer("firstQuarterEntries"),
              each.integer("tapRows"),
              each.integer("columnEntries"),
              each.integer("tables"),
              each.integer("records"),
              each.integer("lanes"));
      if (targets.put(target.name(), target) != null) {
        throw each.wrong("name", "a name that no target before it has");
      }
    }
    return Collections.unmodifiableMap(targets);
  }
}
