// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerFlatten;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerLayerType;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.IntegerPad;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;

/**
 * Makes the layers of the overlay of those of an integer network, from first to last, each as its
 * row of {@link OverlayRule} says.
 */
final class OverlayConversion {
  private final LayerGraph<IntegerLayer> graph;
  private final IntegerNetwork network;
  private final Map<Integer, TensorView> views = new HashMap<>();
  private final Map<Integer, Integer> producers = new HashMap<>();
  private final List<OverlayLayer> layers = new ArrayList<>();
  private final List<OverlayTensor> tensors = new ArrayList<>();
  private final Map<Integer, JoinedTensor> joined = new HashMap<>();
  private final List<LayerObstacle> obstacles = new ArrayList<>();

  OverlayConversion(IntegerNetwork network) {
    this.network = network;
    this.graph = network.graph();
    views.put(-1, new TensorView(tensor(inputShape()), null, false));
  }

  /** An image that is only flattened is a vector from the start. */
  private OverlayTensor inputShape() {
    boolean flattened = true;
    for (int i = 0; i < graph.size(); i++) {
      boolean reads = Arrays.stream(graph.inputs(i)).anyMatch(from -> from < 0);
      flattened &= !reads || graph.layer(i) instanceof IntegerFlatten;
    }
    return flattened ? new OverlayTensor(1, 1, network.input().size()) : shape(network.input());
  }

  private static OverlayTensor shape(SampleShape shape) {
    return shape.isImage()
        ? new OverlayTensor(shape.height(), shape.width(), shape.channels())
        : new OverlayTensor(1, 1, shape.size());
  }

  OverlayLayers convert() {
    for (int i = 0; i < graph.size(); i++) {
      IntegerLayer layer = graph.layer(i);
      try {
        views.put(i, OverlayRule.apply(layer, i, this));
      } catch (InvalidArgumentException e) {
        obstacles.add(
            new LayerObstacle(layer.name(), IntegerLayerType.word(layer), e.getMessage()));
        views.put(i, new TensorView(tensor(shape(network.outputOf(i))), null, false));
      }
    }
    end();
    return new OverlayLayers(layers, tensors, joined, obstacles);
  }

  /** Lets the last layer be one that can give results. */
  private void end() {
    TensorView last = held(views.get(graph.size() - 1), "results");
    int producer = producers.getOrDefault(last.tensor(), -1);
    boolean ends = producer == layers.size() - 1 && producer >= 0 && layers.get(producer).canEnd();
    if (!ends) {
      add(OverlayLayer.identity("results", last.tensor(), 0), shape(last));
    }
  }

  /** What the layer takes. */
  TensorView input(int i, int k) {
    return views.get(graph.inputs(i)[k]);
  }

  /** What the layer takes, with its padding as pixels of its own. */
  TensorView held(int i, int k) {
    return held(input(i, k), graph.layer(i).name() + ".input");
  }

  private TensorView held(TensorView view, String name) {
    IntegerPad pad = view.pad();
    if (pad == null) {
      return view;
    }
    OverlayTensor from = shape(view);
    Window around = new Window(1, 1, 1, 1, pad.top(), pad.left(), pad.bottom(), pad.right(), 1, 1);
    OverlayTensor to =
        new OverlayTensor(
            around.outputHeight(from.height()), around.outputWidth(from.width()), from.channels());
    return add(OverlayLayer.identity(name, view.tensor(), 0).within(around, pad.code()), to);
  }

  /** The shape that a tensor is held in, without its padding. */
  OverlayTensor shape(TensorView view) {
    return tensors.get(view.tensor());
  }

  /** Whether one layer at most takes what layer {@code i} gives. */
  boolean onlyReader(int i) {
    return graph.readers(i).length <= 1;
  }

  private int tensor(OverlayTensor shape) {
    tensors.add(shape);
    return tensors.size() - 1;
  }

  /** Adds a layer, which is given its output here, and gives a view that nothing takes from yet. */
  TensorView add(OverlayLayer layer, OverlayTensor shape) {
    int output = tensor(shape);
    producers.put(output, layers.size());
    Window window = PadRules.stepping(layer.window(), shape);
    layers.add(layer.within(window, layer.zeroIn()).giving(output));
    return new TensorView(output, null, true);
  }

  /**
   * Puts tensors side by side, channel after channel, and gives a view of all.
   *
   * @param parts of one height and width; all but the last fill whole turns of the banks
   * @param name what layers are called that copy a part which has a place already: the input, or
   *     what is beside others
   */
  TensorView join(List<TensorView> parts, String name) {
    OverlayTensor first = shape(parts.get(0));
    int channels = parts.stream().mapToInt(part -> shape(part).channels()).sum();
    List<Integer> places = new ArrayList<>();
    for (TensorView part : parts) {
      int tensor = part.tensor();
      boolean placed = tensor == 0 || joined.containsKey(tensor) || places.contains(tensor);
      places.add(
          placed ? add(OverlayLayer.identity(name, tensor, 0), shape(part)).tensor() : tensor);
    }
    int whole = tensor(new OverlayTensor(first.height(), first.width(), channels));
    int block = 0;
    for (int part : places) {
      joined.put(part, new JoinedTensor(whole, block));
      block += tensors.get(part).blocks();
    }
    return new TensorView(whole, null, false);
  }

  /** The layer that may be changed to give something else than a view; empty for none. */
  Optional<OverlayLayer> changeable(TensorView view) {
    Integer producer = producers.get(view.tensor());
    return view.own() && view.pad() == null && producer != null
        ? Optional.of(layers.get(producer))
        : Optional.empty();
  }

  /** Puts another layer in the place of the one that gave a view. */
  TensorView change(TensorView view, OverlayLayer changed) {
    layers.set(producers.get(view.tensor()), changed);
    return view;
  }
}
