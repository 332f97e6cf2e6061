// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import java.util.Optional;

/**
 * From which layer to which each tensor must be held. What lies within another one has its place
 * there, and that is held from the first of its parts to the last reader of any.
 */
final class TensorLives {
  private final OverlayLayers graph;
  private final List<OverlayTensor> held;
  private final int[] lines;
  private final int[] firsts;
  private final int[] lasts;

  /**
   * @param held the tensors as they are held, the input packed
   */
  TensorLives(OverlayLayers graph, List<OverlayTensor> held) {
    this.graph = graph;
    this.held = held;
    this.lines = held.stream().mapToInt(OverlayTensor::lines).toArray();
    this.firsts = graph.givers();
    this.lasts = graph.lastUses();
    for (int part = 0; part < held.size(); part++) {
      for (JoinedTensor at = graph.joined().get(part); at != null; ) {
        firsts[at.whole()] = Math.min(firsts[at.whole()], firsts[part]);
        lasts[at.whole()] = Math.max(lasts[at.whole()], lasts[part]);
        at = graph.joined().get(at.whole());
      }
    }
  }

  /**
   * Finds places.
   *
   * @param twice whether the input shall have two
   * @param limit the lines there are
   * @return empty if they do not fit
   */
  Optional<ActivationPlaces> places(boolean twice, int limit) {
    int[] own = lasts.clone();
    graph.joined().keySet().forEach(part -> own[part] = -1);
    Optional<ActivationPlaces> found = ActivationPlaces.find(lines, firsts, own, twice, limit);
    found.ifPresent(places -> graph.joined().keySet().forEach(part -> set(part, places.bases())));
    return found;
  }

  private void set(int part, int[] bases) {
    int lines = 0;
    int whole = part;
    for (JoinedTensor at = graph.joined().get(part); at != null; ) {
      lines += at.block() * held.get(part).pitch();
      whole = at.whole();
      at = graph.joined().get(whole);
    }
    bases[part] = bases[whole] + lines;
  }
}
