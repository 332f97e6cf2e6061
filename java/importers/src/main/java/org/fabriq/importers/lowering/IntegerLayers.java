// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.lowering.Held.Coded;
import org.fabriq.importers.lowering.Held.FunctionOfValue;
import org.fabriq.importers.lowering.Held.Input;
import org.fabriq.importers.lowering.Held.Limit;
import org.fabriq.importers.lowering.Held.Pending;
import org.fabriq.importing.ImportedLayer;
import org.fabriq.integer.AddScaling;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerConcat;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerLayerType;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.LayerType;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Node;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int8Tensor;

/** The integer layers made so far, and what makes one of a {@link Region}. */
final class IntegerLayers {
  private final LayerNames names;
  private final List<Node<IntegerLayer>> nodes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Coded input;

  IntegerLayers(LayerNames names) {
    this.names = names;
  }

  /** The input as codes of the file. */
  Coded input(SampleShape shape, Encoding encoding) {
    Coded codes = new Coded(LayerGraph.INPUT, shape, encoding);
    if (input != null && !input.equals(codes)) {
      throw new NotTakenException(
          "the input is quantized as %s and as %s".formatted(input.encoding(), encoding),
          "quantize it once");
    }
    input = codes;
    return codes;
  }

  /** The input as what the file quantizes it to, in units of the network's input. */
  Coded input(Input raw, Encoding encoding) {
    if (raw.scale() == 1) {
      return input(raw.shape(), encoding);
    }
    float scale = (float) (encoding.scale(0) / raw.scale());
    return input(raw.shape(), encoding.withScales(new float[] {scale}));
  }

  void note(String note) {
    notes.add(note);
  }

  List<String> notes() {
    return notes;
  }

  /** Adds a layer that gives codes. */
  Coded add(IntegerLayer layer, Coded... inputs) {
    SampleShape shape = layer.outputShape(Stream.of(inputs).map(Coded::shape).toList());
    nodes.add(new Node<>(layer, Stream.of(inputs).map(Coded::name).toList()));
    return new Coded(layer.name(), shape, layer.outputCodes().orElseThrow());
  }

  SampleShape pooled(Window window, SampleShape shape) {
    return new MaxPoolLayer(names.current(), window).output(shape);
  }

  /** Whether values are exactly those of codes there are. */
  boolean isOnGrid(Pending pending) {
    if (pending.region() instanceof Region.Identity identity) {
      Encoding encoding = identity.x().encoding();
      return pending.functions().stream()
          .allMatch(
              function ->
                  function instanceof Limit limit
                      && isOnGrid(encoding, limit.clip().min())
                      && isOnGrid(encoding, limit.clip().max()));
    }
    return pending.region() instanceof Region.Joined joined
        && pending.functions().isEmpty()
        && joined.parts().stream().allMatch(Coded.class::isInstance)
        && joined.parts().stream().map(part -> ((Coded) part).encoding()).distinct().count() == 1;
  }

  /** Whether a value is that of a code, or beyond all of them. */
  boolean isOnGrid(Encoding encoding, float value) {
    return Float.isInfinite(value)
        || encoding.dequantize(encoding.quantize(value, 0), 0) == value
        || value < encoding.dequantize(encoding.qmin(), 0)
        || value > encoding.dequantize(encoding.qmax(), 0);
  }

  /** The codes of values on their grid. */
  Coded onGrid(Pending pending) {
    if (!isOnGrid(pending)) {
      throw new NotTakenException(
          "it takes what %s gives, which is not quantized"
              .formatted(pending.sources().get(pending.sources().size() - 1)),
          "put QuantizeLinear and DequantizeLinear between");
    }
    Encoding encoding =
        pending.region() instanceof Region.Identity identity
            ? identity.x().encoding()
            : ((Coded) ((Region.Joined) pending.region()).parts().get(0)).encoding();
    return quantize(pending, encoding);
  }

  /** Makes the layer that gives these codes. */
  Coded quantize(Pending pending, Encoding output) {
    Clamp clamp = Clamp.of(pending.functions(), output);
    Region region = pending.region();
    if (region instanceof Region.Identity identity) {
      return table(identity.x(), pending, output, clamp);
    }
    if (clamp == null) {
      throw new NotTakenException(
          "%s is applied to what is not quantized"
              .formatted(pending.sources().get(pending.sources().size() - 1)),
          "put QuantizeLinear and DequantizeLinear before it");
    }
    if (region instanceof Region.Product product) {
      return product(product, pending, output, clamp);
    } else if (region instanceof Region.Mean mean) {
      IntegerAveragePool pool =
          IntegerAveragePool.rescaled(
              names.name("pool", pending.sources()),
              mean.window(),
              mean.countPadding(),
              mean.x().encoding(),
              output);
      return clamp.apply(add(pool, mean.x()), this, names, pending.sources());
    } else if (region instanceof Region.Sum sum) {
      return sum(sum, pending, output, clamp);
    } else if (region instanceof Region.Joined joined) {
      return joined(joined, pending, output, clamp);
    }
    Region.Moved moved = (Region.Moved) region;
    Coded codes = quantize(moved.before(), output);
    return clamp.apply(moved.operation().apply(codes), this, names, pending.sources());
  }

  private Coded table(Coded x, Pending pending, Encoding output, Clamp clamp) {
    if (x.encoding().equals(output) && clamp != null && clamp.isVoid(output)) {
      return x;
    }
    List<FunctionOfValue> functions = pending.functions();
    CodeTable table =
        CodeTable.of(
            names.name(functions.isEmpty() ? "rescale" : "table", pending.sources()),
            x.encoding(),
            output,
            value -> {
              double result = value;
              for (FunctionOfValue function : functions) {
                result = function.apply(result);
              }
              return result;
            });
    return add(table, x);
  }

  private Coded product(Region.Product product, Pending pending, Encoding output, Clamp clamp) {
    IntegerWeights weights =
        IntegerWeights.requantized(
            product.weight(),
            bias(product),
            product.x().encoding(),
            output,
            clamp.least(),
            clamp.greatest());
    return add(layer(product, weights, pending.sources()), product.x());
  }

  private IntegerLayer layer(Region.Product product, IntegerWeights weights, List<String> of) {
    return product.window() == null
        ? new IntegerDense(names.name("dense", of), weights)
        : new IntegerConv2d(names.name("conv", of), weights, product.window(), product.groups());
  }

  /**
   * Codes of weights as int8 holds them.
   *
   * @throws NotTakenException if they are none that kernels take
   */
  static QuantizedTensor weight(Constant weight) {
    if (weight.codes() == null) {
      throw new NotTakenException(
          "its weights are not quantized", "quantize weights, too, to int8 or uint8");
    }
    Codes codes = weight.codesPerOutput();
    Int8Tensor tensor = Int8Tensor.allocate(weight.shape());
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (byte) (weight.integer(i) + codes.shift()));
    }
    return new QuantizedTensor(tensor, codes.int8());
  }

  /** halfEven(bias / (S_A S_W[n])); the int32 codes of the file, if that is their scale. */
  private static int[] bias(Region.Product product) {
    int[] codes = new int[product.weight().codes().dimension(0)];
    Encoding weights = product.weight().encoding();
    for (int n = 0; n < codes.length && product.bias() != null; n++) {
      double scale = (double) product.x().encoding().scale(0) * weights.scale(n);
      double units = Math.rint(product.bias()[n] / scale);
      codes[n] = (int) units;
      if (codes[n] != units) {
        throw new NotTakenException(
            "bias %s of output %d is %s units of the accumulator, limit +-2^31"
                .formatted(product.bias()[n], n, units),
            "enlarge the scales");
      }
    }
    return codes;
  }

  private Coded sum(Region.Sum sum, Pending pending, Encoding output, Clamp clamp) {
    Encoding left = sum.left().encoding();
    Encoding right = sum.right().encoding();
    return add(
        new IntegerAdd(
            names.name("add", pending.sources()),
            left,
            right,
            AddScaling.of(left.scale(0), right.scale(0), output.scale(0)),
            output,
            clamp.least(),
            clamp.greatest()),
        sum.left(),
        sum.right());
  }

  private Coded joined(Region.Joined joined, Pending pending, Encoding output, Clamp clamp) {
    Coded[] parts = new Coded[joined.parts().size()];
    for (int i = 0; i < parts.length; i++) {
      Held held = joined.parts().get(i);
      Pending part =
          held instanceof Pending own
              ? own
              : new Pending(new Region.Identity((Coded) held), List.of(), pending.sources());
      parts[i] = quantize(part, output);
    }
    IntegerConcat concat =
        new IntegerConcat(names.name("concat", pending.sources()), parts.length, output);
    return clamp.apply(add(concat, parts), this, names, pending.sources());
  }

  /**
   * A tensor that is the same for every sample: a layer of zero weights, whose bias alone is left.
   */
  Coded constant(PerChannel constant, Coded beside) {
    int channels = constant.codes().length;
    boolean image = beside.shape().isImage();
    int[] shape =
        image ? new int[] {channels, 1, 1, 1} : new int[] {channels, beside.shape().size()};
    QuantizedTensor weight =
        new QuantizedTensor(Int8Tensor.allocate(shape), Encoding.perTensor(2, true, 1, 0));
    Encoding encoding = constant.encoding();
    int zero = encoding.zeroPoint(0);
    Requantization[] multipliers = new Requantization[channels];
    Arrays.fill(multipliers, Requantization.of(1));
    Int8Output int8 = new Int8Output(List.of(multipliers), zero, encoding.qmin(), encoding.qmax());
    int[] bias = Arrays.stream(constant.codes()).map(code -> code - zero).toArray();
    IntegerWeights weights =
        IntegerWeights.requantized(weight, bias, beside.encoding(), int8, encoding);
    String name = names.name("constant");
    return add(
        image
            ? new IntegerConv2d(name, weights, Window.square(1, 1, 0), channels)
            : new IntegerDense(name, weights),
        beside);
  }

  /** Makes the last layer of values that the file does not quantize: they are accumulators. */
  void last(Pending pending) {
    if (pending.region() instanceof Region.Product product && pending.functions().isEmpty()) {
      IntegerWeights weights =
          IntegerWeights.raw(product.weight(), bias(product), product.x().encoding());
      IntegerLayer layer = layer(product, weights, pending.sources());
      nodes.add(new Node<>(layer, List.of(product.x().name())));
      return;
    }
    onGrid(pending);
  }

  IntegerNetwork network(List<EpilogueLayer> epilogue) {
    if (nodes.isEmpty()) {
      throw new NotTakenException("a model without a layer", "give one that computes");
    }
    LayerGraph<IntegerLayer> graph = new LayerGraph<>(nodes);
    return new IntegerNetwork(input.shape(), input.encoding(), graph, epilogue);
  }

  List<ImportedLayer> table(IntegerNetwork network) {
    Stream<ImportedLayer> layers =
        network.layers().stream()
            .map(layer -> names.imported(layer.name(), IntegerLayerType.word(layer), false));
    Stream<ImportedLayer> epilogue =
        network.epilogue().stream()
            .map(layer -> names.imported(layer.name(), LayerType.word(layer), true));
    return Stream.concat(layers, epilogue).toList();
  }

  /** The codes that functions leave of an output's. */
  record Clamp(int least, int greatest) {
    /** Null if functions do more than limit. */
    static Clamp of(List<FunctionOfValue> functions, Encoding output) {
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.POSITIVE_INFINITY;
      for (FunctionOfValue function : functions) {
        if (!(function instanceof Limit)) {
          return null;
        }
        low = function.apply(low);
        high = function.apply(high);
      }
      return new Clamp(output.quantize((float) low, 0), output.quantize((float) high, 0));
    }

    boolean isVoid(Encoding output) {
      return least == output.qmin() && greatest == output.qmax();
    }

    /** Limits codes, by a table if they are not within already. */
    Coded apply(Coded codes, IntegerLayers layers, LayerNames names, List<String> sources) {
      Encoding encoding = codes.encoding();
      if (isVoid(encoding)) {
        return codes;
      }
      byte[] table = new byte[256];
      for (int q = -128; q <= 127; q++) {
        table[q + 128] = (byte) Math.max(least, Math.min(greatest, q));
      }
      return layers.add(
          new CodeTable(names.name("clamp", sources), table, encoding, encoding), codes);
    }
  }
}
