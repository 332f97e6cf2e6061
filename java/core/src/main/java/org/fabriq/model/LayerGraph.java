// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;

/**
 * A directed acyclic graph of named layers over named tensors: one input, called {@value #INPUT},
 * and one output, that of the last layer. Layers are in an order in which each comes after those
 * that it takes from. Immutable; any number of threads may share it.
 */
public final class LayerGraph<L extends NamedLayer> {
  /** What the tensor that a network is given is called. */
  public static final String INPUT = "input";

  /** The most layers of a graph; what is larger is no network for a board. */
  public static final int MAX_LAYERS = 1 << 14;

  private final List<Node<L>> nodes;
  private final List<L> layers;
  private final GraphLinks links;

  /**
   * Connects layers.
   *
   * @param nodes in an order in which each comes after those that it takes from
   * @throws ShapeException if there is no layer, or over {@link #MAX_LAYERS}
   * @throws InvalidArgumentException if a name is used twice or is {@value #INPUT}, a tensor is not
   *     there, a layer takes another number of tensors, or what a layer gives is taken by none
   */
  public LayerGraph(List<Node<L>> nodes) {
    this.nodes = List.copyOf(nodes);
    if (nodes.isEmpty() || nodes.size() > MAX_LAYERS) {
      throw new ShapeException(
          "a network of %,d layers; give 1 to %,d".formatted(nodes.size(), MAX_LAYERS));
    }
    this.layers = this.nodes.stream().map(Node::layer).toList();
    this.links = new GraphLinks(this.nodes);
  }

  /** Layers one after the other, each taking what the one before it gives. */
  public static <L extends NamedLayer> LayerGraph<L> chain(List<? extends L> layers) {
    List<Node<L>> nodes = new ArrayList<>();
    String before = INPUT;
    for (L layer : layers) {
      nodes.add(Node.of(layer, before));
      before = layer.name();
    }
    return new LayerGraph<>(nodes);
  }

  /** The layers with what they take, in order. */
  public List<Node<L>> nodes() {
    return nodes;
  }

  /** The layers, in order. */
  public List<L> layers() {
    return layers;
  }

  /** The number of layers. */
  public int size() {
    return layers.size();
  }

  /** Layer {@code i}, from 0. */
  public L layer(int i) {
    return layers.get(Objects.checkIndex(i, layers.size()));
  }

  /** The indices of the layers that layer {@code i} takes from; -1 for the network's input. */
  public int[] inputs(int i) {
    return links.inputs(i);
  }

  /** The indices of the layers that take what layer {@code i} gives, in order; none of the last. */
  public int[] readers(int i) {
    return links.readers(i);
  }

  /** The only layer that takes what layer {@code i} gives, or -1 if there are several or none. */
  public int onlyReader(int i) {
    int[] readers = links.readers(i);
    return readers.length == 1 ? readers[0] : -1;
  }

  /**
   * The index of the layer of this name.
   *
   * @throws InvalidArgumentException if there is none
   */
  public int index(String name) {
    return links.index(name);
  }

  /** Whether there is a layer of this name. */
  public boolean has(String name) {
    return links.has(name);
  }

  /** Whether each layer takes what the one before it gives, and nothing else. */
  public boolean isChain() {
    return IntStream.range(0, size()).allMatch(links::follows);
  }

  /** The same graph with layer {@code i} replaced, which may have another name. */
  public LayerGraph<L> with(int i, L layer) {
    String old = layer(i).name();
    List<Node<L>> changed = new ArrayList<>();
    for (Node<L> node : nodes) {
      L own = changed.size() == i ? layer : node.layer();
      changed.add(renamed(new Node<>(own, node.inputs()), old, layer.name()));
    }
    return new LayerGraph<>(changed);
  }

  /** The same graph without layer {@code i}, whose readers take its first input instead. */
  public LayerGraph<L> without(int i) {
    Node<L> gone = nodes.get(Objects.checkIndex(i, nodes.size()));
    List<Node<L>> changed = new ArrayList<>();
    for (Node<L> node : nodes) {
      if (node != gone) {
        changed.add(renamed(node, gone.layer().name(), gone.inputs().get(0)));
      }
    }
    return new LayerGraph<>(changed);
  }

  private static <L> Node<L> renamed(Node<L> node, String from, String to) {
    return new Node<>(
        node.layer(), node.inputs().stream().map(name -> name.equals(from) ? to : name).toList());
  }

  /** The part that computes what layer {@code i} gives; that layer is its last one. */
  public LayerGraph<L> upTo(int i) {
    boolean[] needed = links.neededFor(i);
    List<Node<L>> part = new ArrayList<>();
    for (int index = 0; index <= i; index++) {
      if (needed[index]) {
        part.add(nodes.get(index));
      }
    }
    return new LayerGraph<>(part);
  }

  /**
   * The layers behind which nothing but what they give is taken, in order: where a graph can be cut
   * in parts that one tensor connects. The last layer is one of them.
   */
  public int[] cuts() {
    return links.cuts();
  }

  /**
   * The layers from {@code first} to {@code last}, to whom the tensor of the layer before is the
   * input.
   *
   * @throws InvalidArgumentException if they take another tensor from before, or give one that only
   *     later ones take; {@link #cuts} tells where neither is so
   */
  public LayerGraph<L> part(int first, int last) {
    Objects.checkFromToIndex(first, last + 1, nodes.size());
    List<Node<L>> part = new ArrayList<>(nodes.subList(first, last + 1));
    if (first > 0) {
      String before = layer(first - 1).name();
      part.replaceAll(node -> renamed(node, INPUT, "the input of the whole"));
      part.replaceAll(node -> renamed(node, before, INPUT));
    }
    return new LayerGraph<>(part);
  }

  /**
   * Computes the tensors of all layers in order; each is let go of after its last reader.
   *
   * @param input the network's input
   * @param step given a layer's index and what it takes, gives what it makes of it
   * @return what the last layer made
   */
  public <T> T run(T input, BiFunction<Integer, List<T>, T> step) {
    Map<Integer, T> values = new HashMap<>();
    values.put(-1, input);
    for (int i = 0; i < size(); i++) {
      List<T> taken = new ArrayList<>();
      for (int from : links.inputs(i)) {
        taken.add(values.get(from));
      }
      values.put(i, step.apply(i, taken));
      for (int from : links.inputs(i)) {
        if (from >= 0 && links.lastReader(from) == i) {
          values.remove(from);
        }
      }
    }
    return values.get(size() - 1);
  }

  /** Names in order, as {@code conv1 - relu1 - sum(relu1, input)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      text.append(i == 0 ? "" : " - ").append(layers.get(i).name());
      if (!links.follows(i)) {
        text.append(nodes.get(i).inputs().stream().collect(Collectors.joining(", ", "(", ")")));
      }
    }
    return text.toString();
  }
}
