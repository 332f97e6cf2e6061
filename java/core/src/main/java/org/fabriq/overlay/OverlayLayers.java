// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Window;

/**
 * An integer network as layers of the overlay. Tensor 0 is the input; the last layer gives the
 * results.
 *
 * @param tensors all of them, by their number
 * @param joined those that lie within others, by their number
 * @param obstacles why some of the network's layers are none of the overlay's; mostly empty
 */
record OverlayLayers(
    List<OverlayLayer> layers,
    List<OverlayTensor> tensors,
    Map<Integer, JoinedTensor> joined,
    List<LayerObstacle> obstacles) {
  OverlayLayers {
    joined = Map.copyOf(joined);
    layers = List.copyOf(layers);
    tensors = List.copyOf(tensors);
    obstacles = List.copyOf(obstacles);
  }

  /** The layers of a network. */
  static OverlayLayers of(IntegerNetwork network) {
    return new OverlayConversion(network).convert();
  }

  /** Whether all tensors are vectors, so that images can be pixels of one. */
  boolean isVectors() {
    return tensors.stream().allMatch(tensor -> tensor.pixels() == 1)
        && layers.stream().allMatch(layer -> layer.window().taps() == 1);
  }

  /**
   * The same over so many images at once, as pixels of one.
   *
   * @throws InvalidArgumentException if not {@link #isVectors}
   */
  OverlayLayers withImages(int images) {
    if (images == 1) {
      return this;
    }
    if (!isVectors()) {
      throw new InvalidArgumentException(
          "%d images as pixels of a network with images; run it one by one".formatted(images));
    }
    return new OverlayLayers(
        layers.stream().map(each -> each.within(Window.square(1, 1, 0), each.zeroIn())).toList(),
        tensors.stream().map(each -> new OverlayTensor(1, images, each.channels())).toList(),
        joined,
        obstacles);
  }

  /** The layer that gives each tensor; -1 for the input, behind all for what none gives. */
  int[] givers() {
    int[] givers = new int[tensors.size()];
    Arrays.fill(givers, layers.size());
    givers[0] = -1;
    for (int i = 0; i < layers.size(); i++) {
      givers[layers.get(i).output()] = i;
    }
    return givers;
  }

  /** The last layer that takes each tensor, or adds it; -1 for none. */
  int[] lastUses() {
    int[] last = new int[tensors.size()];
    Arrays.fill(last, -1);
    for (int i = 0; i < layers.size(); i++) {
      OverlayLayer layer = layers.get(i);
      last[layer.input()] = i;
      if (layer.sum() != null) {
        last[layer.sum().tensor()] = i;
      }
    }
    return last;
  }

  /** Whether only the first layer takes the input. */
  boolean inputGoesToOneLayer() {
    return lastUses()[0] == 0 && layers.get(0).sum() == null;
  }
}
