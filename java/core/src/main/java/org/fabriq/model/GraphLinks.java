// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fabriq.InvalidArgumentException;

/** Which layers of a graph take from which, by their places in it. Immutable. */
final class GraphLinks {
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();
  private final int[][] inputs;
  private final int[][] readers;

  /**
   * Connects layers.
   *
   * @param nodes in an order in which each comes after those that it takes from
   * @throws InvalidArgumentException as {@link LayerGraph#LayerGraph}
   */
  GraphLinks(List<? extends Node<? extends NamedLayer>> nodes) {
    this.inputs = new int[nodes.size()][];
    for (Node<? extends NamedLayer> node : nodes) {
      inputs[names.size()] = inputs(node.layer(), node.inputs());
      add(node.layer().name());
    }
    this.readers = readers();
  }

  private void add(String name) {
    if (name.equals(LayerGraph.INPUT)) {
      throw new InvalidArgumentException(
          "a layer is called %s, as what the network is given; give it another name"
              .formatted(LayerGraph.INPUT));
    }
    if (indices.put(name, names.size()) != null) {
      throw new InvalidArgumentException(
          "two layers are called %s; give each a name of its own".formatted(name));
    }
    names.add(name);
  }

  private int[] inputs(NamedLayer layer, List<String> taken) {
    if (taken.size() != layer.inputCount()) {
      throw new InvalidArgumentException(
          "layer %s takes %d tensors, not the %d of %s"
              .formatted(layer.name(), layer.inputCount(), taken.size(), taken));
    }
    int[] found = new int[taken.size()];
    for (int i = 0; i < found.length; i++) {
      String name = taken.get(i);
      Integer index = name.equals(LayerGraph.INPUT) ? Integer.valueOf(-1) : indices.get(name);
      if (index == null) {
        throw new InvalidArgumentException(
            "layer %s takes %s, which no layer before it gives; there are %s and %s"
                .formatted(layer.name(), name, LayerGraph.INPUT, names));
      }
      found[i] = index;
    }
    return found;
  }

  private int[][] readers() {
    List<List<Integer>> found = new ArrayList<>();
    names.forEach(name -> found.add(new ArrayList<>()));
    for (int i = 0; i < inputs.length; i++) {
      for (int input : Arrays.stream(inputs[i]).distinct().toArray()) {
        if (input >= 0) {
          found.get(input).add(i);
        }
      }
    }
    for (int i = 0; i + 1 < inputs.length; i++) {
      if (found.get(i).isEmpty()) {
        throw new InvalidArgumentException(
            "what layer %s gives is taken by no layer, and only the last one gives the network's"
                    .formatted(names.get(i))
                + " output; leave the layer out");
      }
    }
    return found.stream()
        .map(list -> list.stream().mapToInt(i -> i).toArray())
        .toArray(int[][]::new);
  }

  /** The layers that layer {@code i} takes from, in a new array; -1 for the network's input. */
  int[] inputs(int i) {
    return inputs[Objects.checkIndex(i, inputs.length)].clone();
  }

  /** The layers that take what layer {@code i} gives, in order and in a new array. */
  int[] readers(int i) {
    return readers[Objects.checkIndex(i, readers.length)].clone();
  }

  /** The last of these; there must be one. */
  int lastReader(int i) {
    return readers[i][readers[i].length - 1];
  }

  /** Whether a layer of this name is there. */
  boolean has(String name) {
    return indices.containsKey(name);
  }

  /**
   * The place of the layer of this name.
   *
   * @throws InvalidArgumentException if there is none
   */
  int index(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new InvalidArgumentException(
          "no layer is called %s; there are %s".formatted(name, names));
    }
    return index;
  }

  /** Whether layer {@code i} takes what the one before it gives, and nothing else. */
  boolean follows(int i) {
    return inputs[i].length == 1 && inputs[i][0] == i - 1;
  }

  /** The layers that layer {@code i} depends on, itself among them. */
  boolean[] neededFor(int i) {
    boolean[] needed = new boolean[inputs.length];
    needed[i] = true;
    for (int index = i; index >= 0; index--) {
      for (int from : inputs[index]) {
        if (needed[index] && from >= 0) {
          needed[from] = true;
        }
      }
    }
    return needed;
  }

  /** The layers behind which nothing but what they give is taken, in order. */
  int[] cuts() {
    List<Integer> found = new ArrayList<>();
    int earliest = inputs.length;
    for (int i = inputs.length - 1; i >= 0; i--) {
      if (earliest >= i) {
        found.add(0, i);
      }
      earliest = Math.min(earliest, Arrays.stream(inputs[i]).min().orElse(earliest));
    }
    return found.stream().mapToInt(i -> i).toArray();
  }
}
