// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.PadLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;

/**
 * How a type of layer becomes integers: a row of {@link #ALL}. The first row whose type a layer is
 * of holds.
 *
 * @param rule adds integer layers to a conversion
 */
record Lowering<L extends Layer>(Class<L> type, Rule<L> rule) {
  /** Adds what a layer is in integers. */
  @FunctionalInterface
  interface Rule<L extends Layer> {
    /**
     * @param i the layer's index in the network
     */
    void lower(L layer, int i, IntegerConversion to);
  }

  static final List<Lowering<?>> ALL =
      List.of(
          new Lowering<>(DenseLayer.class, WeightsLowering::lower),
          new Lowering<>(Conv2dLayer.class, WeightsLowering::lower),
          new Lowering<>(MaxPoolLayer.class, Lowering::maxPool),
          new Lowering<>(AveragePoolLayer.class, Lowering::averagePool),
          new Lowering<>(GlobalAveragePoolLayer.class, Lowering::globalAveragePool),
          new Lowering<>(FlattenLayer.class, Lowering::flatten),
          new Lowering<>(PadLayer.class, Lowering::pad),
          new Lowering<>(AddLayer.class, Lowering::add),
          new Lowering<>(ConcatLayer.class, Lowering::concat),
          new Lowering<>(ActivationLayer.class, Lowering::activation),
          new Lowering<>(FunctionLayer.class, Lowering::function));

  /** Lowers a layer that is of this row's type. */
  void lower(Layer layer, int i, IntegerConversion to) {
    rule.lower(type.cast(layer), i, to);
  }

  private static void maxPool(MaxPoolLayer pool, int i, IntegerConversion to) {
    to.add(new IntegerMaxPool(pool.name(), pool.window(), to.codes(i, 0)), i);
  }

  private static void averagePool(AveragePoolLayer pool, int i, IntegerConversion to) {
    to.add(
        new IntegerAveragePool(pool.name(), pool.window(), pool.countPadding(), to.codes(i, 0)), i);
  }

  private static void globalAveragePool(GlobalAveragePoolLayer pool, int i, IntegerConversion to) {
    SampleShape image = to.network().inputOf(i);
    averagePool(pool.over(image), i, to);
  }

  private static void flatten(FlattenLayer flatten, int i, IntegerConversion to) {
    to.add(new IntegerFlatten(flatten.name(), to.codes(i, 0)), i);
  }

  private static void pad(PadLayer pad, int i, IntegerConversion to) {
    Encoding codes = to.codes(i, 0);
    int code = codes.quantize(pad.value(), 0);
    to.add(
        new IntegerPad(pad.name(), pad.top(), pad.left(), pad.bottom(), pad.right(), code, codes),
        i);
  }

  private static void add(AddLayer add, int i, IntegerConversion to) {
    Clamp clamp = Clamp.after(i, to.network());
    Encoding left = to.codes(i, 0);
    Encoding right = to.codes(i, 1);
    Encoding output = to.target(clamp.last());
    to.add(
        new IntegerAdd(
            add.name(),
            left,
            right,
            AddScaling.of(left.scale(0), right.scale(0), output.scale(0)),
            output,
            clamp.least(output),
            clamp.greatest(output)),
        i,
        to.inputs(i),
        clamp.last());
  }

  private static void concat(ConcatLayer concat, int i, IntegerConversion to) {
    Encoding output = to.target(i);
    List<String> inputs =
        IntStream.range(0, concat.inputCount()).mapToObj(k -> to.rescaled(i, k, output)).toList();
    to.add(new IntegerConcat(concat.name(), concat.inputCount(), output), i, inputs, i);
  }

  private static void activation(ActivationLayer layer, int i, IntegerConversion to) {
    Activation function = layer.activation();
    if (function == Activation.NONE) {
      to.pass(i);
    } else if (function == Activation.TANH) {
      to.add(CodeTable.tanh(layer.name(), to.codes(i, 0)), i);
    } else if (function == Activation.SIGMOID) {
      to.add(CodeTable.sigmoid(layer.name(), to.codes(i, 0)), i);
    } else {
      function(layer, i, to);
    }
  }

  private static void function(FunctionLayer layer, int i, IntegerConversion to) {
    DoubleUnaryOperator value = layer::value;
    to.add(CodeTable.of(layer.name(), to.codes(i, 0), to.target(i), value), i);
  }

  /** The clamp that a ReLU or a clip directly behind a layer is. */
  record Clamp(int last, Layer layer) {
    /** That of the only layer behind layer {@code i}, or none. */
    static Clamp after(int i, Network network) {
      int next = network.graph().onlyReader(i);
      Layer layer = next < 0 ? null : network.graph().layer(next);
      boolean clamps =
          layer instanceof ClipLayer
              || layer instanceof ActivationLayer function
                  && function.activation() == Activation.RELU;
      return clamps ? new Clamp(next, layer) : new Clamp(i, null);
    }

    int least(Encoding output) {
      if (layer instanceof ClipLayer clip) {
        return output.quantize(clip.min(), 0);
      }
      return layer == null ? output.qmin() : Math.max(output.qmin(), output.zeroPoint(0));
    }

    int greatest(Encoding output) {
      return layer instanceof ClipLayer clip ? output.quantize(clip.max(), 0) : output.qmax();
    }
  }
}
