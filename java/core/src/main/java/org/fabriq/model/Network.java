// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Float32Tensor;

/**
 * A feed-forward network in fp32: layers one after the other, each taking what the one before it
 * gives. Immutable; any number of threads may share it.
 */
public final class Network {
  private final List<Layer> layers;
  private final List<SampleShape> shapes = new ArrayList<>();

  /**
   * Chains layers.
   *
   * @param input the shape of a sample
   * @throws ShapeException if there is no layer, or one does not take what comes before it
   * @throws InvalidArgumentException if a name is used twice, or a dense layer has an activation
   *     function, which must be a layer of its own
   */
  public Network(SampleShape input, List<Layer> layers) {
    this.layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new ShapeException("a network of 0 layers; give at least one");
    }
    Set<String> names = new HashSet<>();
    shapes.add(input);
    for (Layer layer : layers) {
      if (!names.add(layer.name())) {
        throw new InvalidArgumentException(
            "two layers are called %s; give each a name of its own".formatted(layer.name()));
      }
      if (layer instanceof DenseLayer dense && dense.activation() != Activation.NONE) {
        throw new InvalidArgumentException(
            "layer %s holds the activation function %s; make it a layer of its own"
                .formatted(layer.name(), dense.activation()));
      }
      shapes.add(layer.output(output()));
    }
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

  /** The shape of an input sample. */
  public SampleShape input() {
    return shapes.get(0);
  }

  /** The shape of what it makes of a sample. */
  public SampleShape output() {
    return shapes.get(shapes.size() - 1);
  }

  /** The layers, in order. */
  public List<Layer> layers() {
    return layers;
  }

  /** The shape of the input samples of layer {@code i}, from 0. */
  public SampleShape inputOf(int i) {
    return shapes.get(Objects.checkIndex(i, layers.size()));
  }

  /** The words of its activation functions, each once, as {@code tanh, relu}; none without. */
  public String activations() {
    String words =
        layers.stream()
            .filter(ActivationLayer.class::isInstance)
            .map(layer -> ((ActivationLayer) layer).activation().word())
            .distinct()
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? Activation.NONE.word() : words;
  }

  /** The index of the layer of this name. */
  public int index(String name) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new InvalidArgumentException(
        "no layer is called %s; there are %s"
            .formatted(name, layers.stream().map(Layer::name).toList()));
  }

  /** The same network with layer {@code index} replaced. */
  public Network with(int index, Layer layer) {
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(index, layer);
    return new Network(input(), changed);
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
    Float32Tensor value = x.reshape(input().tensorShape(x.dimension(0)));
    for (int i = 0; i < layers.size(); i++) {
      Float32Tensor out = layers.get(i).forward(value);
      observer.layer(i, layers.get(i), value, out);
      value = out;
    }
    return value;
  }

  /** Shapes and names, as {@code 1x28x28 - conv1 - relu1 - 10}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(input().toString());
    layers.forEach(layer -> text.append(" - ").append(layer.name()));
    return text.append(" - ").append(output()).toString();
  }
}
