// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayPart;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.overlay.ProgramPart;
import org.fabriq.plan.Launch;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;

/** Says how an integer network is launched, and why not otherwise. */
final class LaunchText {
  private static final String NEXT = "\n         ";

  private LaunchText() {}

  /**
   * A line for the way, and one for each reason.
   *
   * @param asked what was asked for; null for the best way
   */
  static String of(NetworkPlan plan, IntegerNetwork network, Device device, Launch asked) {
    if (plan.parts().isEmpty()) {
      String why =
          asked == Launch.LAYER
              ? "as %s says".formatted(LaunchOption.NAME)
              : "%s takes no whole networks".formatted(device.address());
      return "launch   layer by layer: " + why;
    }
    OverlayParts parts = plan.parts().get();
    if (parts.isWhole()) {
      return "launch   network: one for a batch";
    }
    List<String> lines = new ArrayList<>();
    if (parts.programs().isEmpty()) {
      lines.add("launch   layer by layer");
    } else {
      lines.add("launch   network, in parts: %s".formatted(text(parts)));
      parts.obstacles().forEach(each -> lines.add("not whole: " + each));
    }
    lines.addAll(outside(parts, network));
    return String.join(NEXT, lines);
  }

  /** As {@code conv1..pool1 at once, join by itself, dense1 at once}. */
  private static String text(OverlayParts parts) {
    return parts.parts().stream().map(LaunchText::text).collect(Collectors.joining(", "));
  }

  private static String text(OverlayPart part) {
    return part.name() + " " + (part instanceof ProgramPart ? "at once" : oneByOne(part));
  }

  /** How layers run that are in no program. */
  static String oneByOne(OverlayPart part) {
    return part.first() == part.last() ? "by itself" : "one by one";
  }

  /**
   * The layers in no part that is launched at once, and why; those with the same reason together.
   */
  static List<String> outside(OverlayParts parts, IntegerNetwork network) {
    List<String> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int layers = network.layers().size();
    for (int i = 0; i < layers; i++) {
      String reason = parts.reason(i).orElse("");
      if (!reason.isEmpty()) {
        names.add(network.layers().get(i).name());
      }
      boolean ends = i + 1 == layers || !parts.reason(i + 1).orElse("").equals(reason);
      if (ends && !names.isEmpty()) {
        lines.add(
            "layer%s %s: %s"
                .formatted(names.size() == 1 ? "" : "s", String.join(", ", names), reason));
        names.clear();
      }
    }
    return lines;
  }
}
