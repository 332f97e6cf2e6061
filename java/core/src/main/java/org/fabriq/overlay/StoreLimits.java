// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.List;

/** Says what a program needs more of than a target has. */
final class StoreLimits {
  private final OverlayTarget target;
  private final OverlayLayers graph;
  private final List<OverlayTensor> held;

  /**
   * @param held the tensors as they are held, the input packed
   */
  StoreLimits(OverlayTarget target, OverlayLayers graph, List<OverlayTensor> held) {
    this.target = target;
    this.graph = graph;
    this.held = held;
  }

  /** What a program needs more of than there is, a sentence each. */
  List<String> exceeded(OverlayUse use) {
    List<String> exceeded = new ArrayList<>();
    // While depthwise layers run, the array reads the last entry, which holds zeros.
    boolean zeros = use.tapRows() > 0;
    check(exceeded, "layers", use.records(), target.records(), "");
    check(
        exceeded,
        "entries of weights (512 bytes each)",
        use.weightEntries(),
        target.weightEntries() - (zeros ? 1 : 0),
        zeros ? ", the last one being kept for depthwise layers" : "");
    check(exceeded, "rows of taps", use.tapRows(), target.tapRows(), "");
    check(
        exceeded, "entries of column parameters", use.columnEntries(), target.columnEntries(), "");
    check(exceeded, "tables", use.tables(), target.tables(), "");
    return exceeded;
  }

  private static void check(List<String> exceeded, String what, int needed, int there, String why) {
    if (needed > there) {
      exceeded.add("%,d %s, limit %,d%s; split the network".formatted(needed, what, there, why));
    }
  }

  /** Says that activations find no place. */
  String lines(int images) {
    int most = 0;
    String where = "";
    int[] firsts = graph.givers();
    int[] lasts = graph.lastUses();
    for (int i = 0; i < graph.layers().size(); i++) {
      int lines = 0;
      for (int t = 0; t < held.size(); t++) {
        lines += firsts[t] <= i && lasts[t] >= i ? held.get(t).lines() : 0;
      }
      if (lines > most) {
        most = lines;
        where = graph.layers().get(i).name();
      }
    }
    return "%,d lines of activations at layer %s, limit %,d%s; %s"
        .formatted(
            most,
            where,
            target.lines(),
            most <= target.lines() ? " without gaps between them" : "",
            images > 1 ? "compute fewer images at once" : "split the network");
  }
}
