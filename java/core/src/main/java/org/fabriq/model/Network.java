// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Float32Tensor;

/**
 * A feed-forward network in fp32: a {@link LayerGraph} of layers from one input to one output.
 * Immutable; any number of threads may share it.
 */
public final class Network implements Model {
  /** What the JSON of its file form says that it is. */
  public static final String KIND = "network";

  private final LayerGraph<Layer> graph;
  private final GraphShapes shapes;

  /**
   * Connects layers.
   *
   * @param input the shape of a sample
   * @throws ShapeException if a layer does not take the shapes that come to it
   */
  public Network(SampleShape input, LayerGraph<Layer> graph) {
    this.graph = graph;
    this.shapes = GraphShapes.of(input, graph, Layer::output);
  }

  /** Layers one after the other, each taking what the one before it gives. */
  public Network(SampleShape input, List<? extends Layer> layers) {
    this(input, LayerGraph.chain(layers));
  }

  /** Reads what {@link #write} or a program of the same form wrote; see {@link NetworkWriter}. */
  public static Network read(Path file) {
    return of(ModelFile.read(file));
  }

  /**
   * The network that a file describes.
   *
   * @throws org.fabriq.FileFormatException if it is no description of a network
   */
  public static Network of(ModelFile file) {
    return NetworkReader.network(file);
  }

  /** Writes NAME.json and NAME.npz; the same network gives the same bytes. */
  public void write(Path file) {
    NetworkWriter.write(this, file);
  }

  @Override
  public SampleShape input() {
    return shapes.input();
  }

  @Override
  public SampleShape output() {
    return shapes.output();
  }

  /** How the layers are connected. */
  public LayerGraph<Layer> graph() {
    return graph;
  }

  /** The layers, in order. */
  public List<Layer> layers() {
    return graph.layers();
  }

  /** The shapes of its tensors. */
  public GraphShapes shapes() {
    return shapes;
  }

  /** The shape of the first tensor that layer {@code i}, from 0, takes. */
  public SampleShape inputOf(int i) {
    return shapes.inputsOf(i).get(0);
  }

  /** The shape of what layer {@code i}, from 0, gives. */
  public SampleShape outputOf(int i) {
    return shapes.outputOf(i);
  }

  /** The words of its activation functions, each once, as {@code tanh, relu}; none without. */
  public String activations() {
    String words =
        layers().stream()
            .filter(FunctionLayer.class::isInstance)
            .map(LayerType::word)
            .distinct()
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? Activation.NONE.word() : words;
  }

  /** The index of the layer of this name. */
  public int index(String name) {
    return graph.index(name);
  }

  /**
   * A layer with weights.
   *
   * @throws InvalidArgumentException if there is none of this name
   */
  public WeightedLayer weightedLayer(String name) {
    if (graph.layer(graph.index(name)) instanceof WeightedLayer layer) {
      return layer;
    }
    throw new InvalidArgumentException(
        "layer %s has no weights; those of %s have".formatted(name, weightedLayers()));
  }

  /** The names of the layers with weights, in order. */
  public List<String> weightedLayers() {
    return layers().stream().filter(WeightedLayer.class::isInstance).map(Layer::name).toList();
  }

  /** Whether a layer is the last one with weights, whose outputs are the logits. */
  public boolean isLastWeighted(String name) {
    List<String> weighted = weightedLayers();
    return weighted.indexOf(name) + 1 == weighted.size();
  }

  /** The index of the first layer of the epilogues at the end; the number of layers for none. */
  public int epilogueStart() {
    int start = graph.size();
    while (start > 0 && graph.layer(start - 1) instanceof EpilogueLayer) {
      start--;
    }
    return start;
  }

  /** The same network with layer {@code index} replaced. */
  public Network with(int index, Layer layer) {
    return new Network(input(), graph.with(index, layer));
  }

  /**
   * The part that computes what layer {@code index} takes first.
   *
   * @return null where that is the network's input
   */
  public Network before(int index) {
    int last = graph.inputs(index)[0];
    return last < 0 ? null : new Network(input(), graph.upTo(last));
  }

  /**
   * Runs the network.
   *
   * @param x M samples: axis 0 is M, and the values of each are as many as an input's
   * @return M x outputs; new, or a view of x where no layer computes
   */
  public Float32Tensor forward(Float32Tensor x) {
    return forward(x, (index, layer, in, out) -> {});
  }

  /** Runs the network, and shows an observer what each layer makes of its inputs. */
  public Float32Tensor forward(Float32Tensor x, LayerObserver observer) {
    if (x.rank() == 0 || x.size() / x.dimension(0) != input().size()) {
      throw new ShapeException(
          "inputs %s for samples of %s; axis 0 must be the samples".formatted(x, input()));
    }
    return graph.run(
        x.reshape(input().tensorShape(x.dimension(0))),
        (i, in) -> {
          Float32Tensor out = graph.layer(i).forward(in);
          observer.layer(i, graph.layer(i), in, out);
          return out;
        });
  }

  /**
   * Shapes and names, as {@code 1x28x28 - conv1 - relu1 - 10}; what a layer takes stands behind it
   * where it is not just what comes before it, as {@code sum(relu1, conv2)}.
   */
  @Override
  public String toString() {
    return input() + " - " + graph + " - " + output();
  }
}
