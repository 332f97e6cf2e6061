// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importing.ImportedModel;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.ArgmaxLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.LayerType;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.Node;
import org.fabriq.model.PadLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.SoftmaxLayer;
import org.fabriq.tensor.Float32Tensor;

/** Makes the layers of a {@link Network}; weights that are codes become what they stand for. */
final class FloatMaker implements LayerMaker<FloatMaker.Made> {
  /** A tensor: the layer that gives it, or the input. */
  record Made(String name, SampleShape shape) {}

  private final LayerNames names = new LayerNames();
  private final List<Node<Layer>> nodes = new ArrayList<>();
  private SampleShape input;

  @Override
  public void begin(String source) {
    names.begin(source);
  }

  @Override
  public Made input(SampleShape shape, Codes codes) {
    input = shape;
    return new Made(LayerGraph.INPUT, shape);
  }

  @Override
  public SampleShape shape(Made x) {
    return x.shape();
  }

  private Made add(Layer layer, Made... inputs) {
    return add(layer, List.of(inputs));
  }

  private Made add(Layer layer, List<Made> inputs) {
    SampleShape shape = layer.output(inputs.stream().map(Made::shape).toList());
    nodes.add(new Node<>(layer, inputs.stream().map(Made::name).toList()));
    return new Made(layer.name(), shape);
  }

  @Override
  public Made flatten(Made x) {
    return add(new FlattenLayer(names.name("flatten")), x);
  }

  @Override
  public Made dense(Operation.Dense dense, Made x) {
    return add(
        new DenseLayer(names.name("dense"), tensor(dense.weight()), floats(dense.bias())), x);
  }

  @Override
  public Made conv2d(Operation.Conv2d conv, Made x) {
    return add(
        new Conv2dLayer(
            names.name("conv"),
            tensor(conv.weight()),
            floats(conv.bias()),
            conv.window(),
            conv.groups()),
        x);
  }

  private static Float32Tensor tensor(Constant constant) {
    return Float32Tensor.of(constant.floats(), constant.shape());
  }

  private static float[] floats(double[] values) {
    if (values == null) {
      return null;
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Override
  public Made batchNorm(Operation.BatchNorm norm, Made x) {
    return add(
        new BatchNormLayer(
            names.name("norm"),
            norm.gamma(),
            norm.beta(),
            norm.mean(),
            norm.variance(),
            norm.epsilon()),
        x);
  }

  /** Batch normalization with mean 0 and variance 1, to which the least epsilon adds nothing. */
  @Override
  public Made affine(PerChannel factor, PerChannel offset, Made x) {
    int channels = x.shape().channels();
    float[] mean = new float[channels];
    float[] variance = new float[channels];
    Arrays.fill(variance, 1);
    return batchNorm(
        new Operation.BatchNorm(
            PerChannel.floats(factor, channels, 1),
            PerChannel.floats(offset, channels, 0),
            mean,
            variance,
            Float.MIN_VALUE),
        x);
  }

  @Override
  public Made maxPool(Operation.MaxPool pool, Made x) {
    return add(new MaxPoolLayer(names.name("pool"), pool.window()), x);
  }

  @Override
  public Made averagePool(Operation.AveragePool pool, Made x) {
    return add(new AveragePoolLayer(names.name("pool"), pool.window(), pool.countPadding()), x);
  }

  @Override
  public Made globalAveragePool(Made x) {
    return add(new GlobalAveragePoolLayer(names.name("pool")), x);
  }

  @Override
  public Made pad(Operation.Pad pad, Made x) {
    return add(
        new PadLayer(
            names.name("pad"), pad.top(), pad.left(), pad.bottom(), pad.right(), pad.value()),
        x);
  }

  @Override
  public Made add(Made left, Made right) {
    return add(new AddLayer(names.name("add")), left, right);
  }

  @Override
  public Made concat(List<Made> inputs) {
    return add(new ConcatLayer(names.name("concat"), inputs.size()), inputs);
  }

  @Override
  public Made clip(Operation.Clip clip, Made x) {
    if (clip.min() == 0 && clip.max() == Float.POSITIVE_INFINITY) {
      return add(new ActivationLayer(names.name("relu"), Activation.RELU), x);
    }
    float min = Math.max(clip.min(), -Float.MAX_VALUE);
    float max = Math.min(clip.max(), Float.MAX_VALUE);
    return add(new ClipLayer(names.name("clip"), min, max), x);
  }

  @Override
  public Made function(FunctionLayer layer, Made x) {
    return add(Functions.named(layer, names.name(Functions.word(layer))), x);
  }

  @Override
  public Made table(Operation.Table table, Codes codes, Made x) {
    throw new IllegalStateException("codes in a model that is not quantized: " + names.current());
  }

  @Override
  public Made softmax(boolean logarithm, Made x) {
    return add(new SoftmaxLayer(names.name("softmax"), logarithm), x);
  }

  @Override
  public Made argmax(Made x) {
    return add(new ArgmaxLayer(names.name("argmax")), x);
  }

  @Override
  public Made quantize(Codes codes, Made x) {
    throw new IllegalStateException("codes in a model that is not quantized: " + names.current());
  }

  @Override
  public ImportedModel finish(Made output, List<String> notes) {
    if (nodes.isEmpty()) {
      throw new NotTakenException("a model without a layer", "give one that computes");
    }
    Network network = new Network(input, new LayerGraph<>(nodes));
    return ImportedModel.of(
        network,
        network.layers().stream()
            .map(layer -> names.imported(layer.name(), LayerType.word(layer), false))
            .toList(),
        notes);
  }
}
