// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The shapes of the tensors of a {@link LayerGraph}, for samples of one shape. Immutable. */
public final class GraphShapes {
  private final SampleShape input;
  private final LayerGraph<?> graph;
  private final List<SampleShape> shapes = new ArrayList<>();

  private GraphShapes(SampleShape input, LayerGraph<?> graph) {
    this.input = input;
    this.graph = graph;
  }

  /**
   * Goes through the layers in order.
   *
   * @param rule the shape of what a layer gives for those it takes
   * @throws org.fabriq.ShapeException if a layer does not take what comes to it
   */
  public static <L extends NamedLayer> GraphShapes of(
      SampleShape input, LayerGraph<L> graph, BiFunction<L, List<SampleShape>, SampleShape> rule) {
    GraphShapes made = new GraphShapes(input, graph);
    for (int i = 0; i < graph.size(); i++) {
      made.shapes.add(rule.apply(graph.layer(i), made.inputsOf(i)));
    }
    return made;
  }

  /** The shape of a sample of the input. */
  public SampleShape input() {
    return input;
  }

  /** The shape of what the last layer gives. */
  public SampleShape output() {
    return shapes.get(shapes.size() - 1);
  }

  /** The shapes of the tensors that layer {@code i}, from 0, takes. */
  public List<SampleShape> inputsOf(int i) {
    List<SampleShape> taken = new ArrayList<>();
    for (int from : graph.inputs(i)) {
      taken.add(from < 0 ? input : shapes.get(from));
    }
    return taken;
  }

  /** The shape of what layer {@code i}, from 0, gives. */
  public SampleShape outputOf(int i) {
    return shapes.get(i);
  }
}
