// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.io.ModelFile;
import org.fabriq.model.Calibration;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.GraphShapes;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A network in integers: a {@link LayerGraph} of layers from int8 codes of the input to the int32
 * logits of the last dense layer or convolution, or to int8 codes if another layer is last. Layers
 * in fp32 may be behind it, which the host computes from what the integers stand for. Immutable;
 * any number of threads may share it.
 */
public final class IntegerNetwork implements Model {
  /** What the JSON of its file form says that it is. */
  public static final String KIND = "integer-network";

  /**
   * Pixels of 0 to 255 as values of 0 to 1: S = 1/255, Z = -128. The int8 code of the byte u is u -
   * 128, which is u with its top bit flipped.
   */
  public static final Encoding PIXELS = Encoding.perTensor(8, true, 1f / 255, -128);

  private final Encoding inputCodes;
  private final LayerGraph<IntegerLayer> graph;
  private final List<EpilogueLayer> epilogue;
  private final GraphShapes shapes;
  private final List<String> weightedLayers;

  /**
   * Connects layers.
   *
   * @param input the shape of a sample
   * @param inputCodes what the codes of the input stand for
   * @param epilogue layers behind the integers, one after the other; may be empty
   * @throws ShapeException if a layer does not take the shapes that come to it
   * @throws InvalidArgumentException if a layer does not take the codes that come to it
   */
  public IntegerNetwork(
      SampleShape input,
      Encoding inputCodes,
      LayerGraph<IntegerLayer> graph,
      List<EpilogueLayer> epilogue) {
    TensorCodes.check("input", inputCodes);
    this.inputCodes = inputCodes;
    this.graph = graph;
    this.epilogue = List.copyOf(epilogue);
    for (int i = 0; i < graph.size(); i++) {
      checkCodes(i);
    }
    this.shapes = GraphShapes.of(input, graph, IntegerLayer::outputShape);
    this.weightedLayers =
        graph.layers().stream()
            .filter(WeightedIntegerLayer.class::isInstance)
            .map(IntegerLayer::name)
            .toList();
    output();
  }

  /** Layers one after the other, each taking what the one before it gives, and nothing behind. */
  public IntegerNetwork(
      SampleShape input, Encoding inputCodes, List<? extends IntegerLayer> layers) {
    this(input, inputCodes, LayerGraph.chain(layers), List.of());
  }

  private void checkCodes(int i) {
    IntegerLayer layer = graph.layer(i);
    int[] inputs = graph.inputs(i);
    for (int k = 0; k < inputs.length; k++) {
      Optional<Encoding> given =
          inputs[k] < 0 ? Optional.of(inputCodes) : graph.layer(inputs[k]).outputCodes();
      Encoding taken = layer.inputCodes().get(k);
      if (!given.equals(Optional.of(taken))) {
        throw new InvalidArgumentException(
            "layer %s takes codes of %s, not %s; let one be what the other is"
                .formatted(
                    layer.name(),
                    taken,
                    given.map(Encoding::toString).orElse("int32 accumulators")));
      }
    }
  }

  /**
   * Makes the integer network of a network.
   *
   * @param network with batch normalization folded; see {@link org.fabriq.model.BatchNormFolding}
   * @param weights the codes of each dense layer and convolution by its name, of the shape of its
   *     weights; biases are those of the network
   * @param calibration what activations are
   * @throws InvalidArgumentException if a layer has no integer form or no weights, an accumulator
   *     could leave int32, or a multiplier its range
   */
  public static IntegerNetwork of(
      Network network,
      Map<String, QuantizedTensor> weights,
      Calibration calibration,
      OutputScales scales) {
    return new IntegerConversion(network, weights, calibration, scales).convert();
  }

  /**
   * Makes the integer network of a network that has codes for all its weights and encodings for all
   * its tensors.
   *
   * @throws InvalidArgumentException as {@link #of(Network, Map, Calibration, OutputScales)}
   */
  public static IntegerNetwork of(QuantizedNetwork network, OutputScales scales) {
    Map<String, QuantizedTensor> weights = new HashMap<>();
    network.weights().forEach((name, codes) -> weights.put(name, codes.integers()));
    return of(network.network(), weights, new Calibration(network.encodings()), scales);
  }

  /**
   * The layers whose encodings {@link #of(Network, Map, Calibration, OutputScales)} takes from a
   * calibration for what they give, in order; the others keep the codes they are given, have fixed
   * ones, or become one layer with the next.
   *
   * @throws InvalidArgumentException as {@link #of(Network, Map, Calibration, OutputScales)}
   */
  public static Set<String> calibratedLayers(
      Network network, Map<String, QuantizedTensor> weights, Calibration calibration) {
    IntegerConversion conversion =
        new IntegerConversion(network, weights, calibration, OutputScales.CALIBRATED);
    conversion.convert();
    return conversion.targets();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws org.fabriq.FileFormatException if it is no description of an integer network
   */
  public static IntegerNetwork read(Path file) {
    return of(ModelFile.read(file));
  }

  /** The integer network that a file describes. */
  public static IntegerNetwork of(ModelFile file) {
    return IntegerNetworkReader.network(file);
  }

  /** Writes NAME.json and NAME.npz; the same network gives the same bytes. */
  public void write(Path file) {
    IntegerNetworkWriter.write(this, file);
  }

  /**
   * The layers from {@code first} to {@code last} as a network of their own, which takes the codes
   * that the layer before gives; no layers in fp32 are behind it.
   *
   * @throws InvalidArgumentException as {@link LayerGraph#part}
   */
  public IntegerNetwork part(int first, int last) {
    SampleShape shape = first == 0 ? input() : outputOf(first - 1);
    Encoding codes = first == 0 ? inputCodes : graph.layer(first - 1).outputCodes().orElseThrow();
    return new IntegerNetwork(shape, codes, graph.part(first, last), List.of());
  }

  @Override
  public SampleShape input() {
    return shapes.input();
  }

  @Override
  public SampleShape output() {
    SampleShape shape = integers();
    for (EpilogueLayer layer : epilogue) {
      shape = layer.output(shape);
    }
    return shape;
  }

  /** The shape of what the integers make of a sample. */
  public SampleShape integers() {
    return shapes.output();
  }

  /** What the codes of the input stand for. */
  public Encoding inputCodes() {
    return inputCodes;
  }

  /** How the layers are connected. */
  public LayerGraph<IntegerLayer> graph() {
    return graph;
  }

  /** The layers, in order. */
  public List<IntegerLayer> layers() {
    return graph.layers();
  }

  /** The names of the layers with weights, in order. */
  public List<String> weightedLayers() {
    return weightedLayers;
  }

  /** The layers in fp32 behind the integers, in order. */
  public List<EpilogueLayer> epilogue() {
    return epilogue;
  }

  /** The shapes of its tensors. */
  public GraphShapes shapes() {
    return shapes;
  }

  /** The shape of what layer {@code i} makes of a sample. */
  public SampleShape outputOf(int i) {
    return shapes.outputOf(i);
  }

  /** What the last layer gives: int32 accumulators, or int8 codes. */
  public DataType outputType() {
    return last().outputCodes().isEmpty() ? DataType.INT32 : DataType.INT8;
  }

  private IntegerLayer last() {
    return graph.layer(graph.size() - 1);
  }

  /**
   * The codes of inputs, in a new tensor of samples x input shape.
   *
   * @param x M samples: axis 0 is M, and the values of each are as many as an input's
   */
  public Int8Tensor quantize(Float32Tensor x) {
    return inputCodes.quantize(x).reshape(checkedShape(x));
  }

  /** The tensor shape of so many input samples; checks that x holds whole ones. */
  private int[] checkedShape(Tensor x) {
    if (x.rank() == 0 || x.size() / x.dimension(0) != input().size()) {
      throw new ShapeException(
          "inputs %s for samples of %s; axis 0 must be the samples".formatted(x, input()));
    }
    return input().tensorShape(x.dimension(0));
  }

  /** A view of input codes as samples x input shape. */
  public Int8Tensor samples(Int8Tensor codes) {
    return codes.reshape(checkedShape(codes));
  }

  /**
   * What outputs stand for, in a new tensor: code or accumulator times its scale, in double,
   * narrowed to fp32.
   *
   * @param out what running the network gave
   * @throws InvalidArgumentException if it is of another type or shape than that
   */
  public Float32Tensor dequantize(Tensor out) {
    if (out.type() != outputType()
        || out.rank() == 0
        || out.size() / out.dimension(0) != integers().size()) {
      throw new InvalidArgumentException(
          "outputs %s for samples of %s %s; give what running the network gave"
              .formatted(out, outputType(), integers()));
    }
    Optional<Encoding> codes = last().outputCodes();
    if (codes.isPresent()) {
      return codes.get().dequantize((Int8Tensor) out);
    }
    IntegerWeights weights = ((WeightedIntegerLayer) last()).weights();
    Int32Tensor accumulators = (Int32Tensor) out;
    Float32Tensor values = Float32Tensor.allocate(out.shape());
    int run = integers().size() / weights.outputs();
    for (int i = 0; i < values.size(); i++) {
      double scale = weights.accumulatorScale(i / run % weights.outputs());
      values.set(i, (float) (accumulators.get(i) * scale));
    }
    return values;
  }

  /**
   * What the network gives: outputs as values, after the layers behind the integers.
   *
   * @param out what running the integers gave
   */
  public Float32Tensor values(Tensor out) {
    Float32Tensor values = dequantize(out);
    for (EpilogueLayer layer : epilogue) {
      values = layer.forward(values);
    }
    return values;
  }

  /** Shapes and names, as those of {@link Network#toString}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(input() + " - " + graph);
    epilogue.forEach(layer -> text.append(" - ").append(layer.name()));
    return text.append(" - ").append(output()).toString();
  }
}
