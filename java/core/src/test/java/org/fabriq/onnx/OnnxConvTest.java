// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ConvInteger and QLinearConv, over strides, padding, dilations and groups. */
class OnnxConvTest {
  private static final int CHANNELS = 4;
  private static final int OUTPUTS = 6;
  private final SplittableRandom random = Seed.random("OnnxConvTest");

  static Stream<Window> windows() {
    return RandomNetwork.windows();
  }

  private static OnnxOperator operator(String name, Window window, int groups) {
    return new OnnxOperator(name)
        .with("group", groups)
        .withAll("kernel_shape", window.kernelHeight(), window.kernelWidth())
        .withAll("strides", window.strideHeight(), window.strideWidth())
        .withAll("dilations", window.dilationHeight(), window.dilationWidth())
        .withAll("pads", window.top(), window.left(), window.bottom(), window.right());
  }

  private Int8Tensor weights(Signs signs, Window window, int groups) {
    return signs.weights(
        random, OUTPUTS, CHANNELS / groups, window.kernelHeight(), window.kernelWidth());
  }

  @ParameterizedTest
  @MethodSource("windows")
  void convInteger(Window window) {
    for (int groups : new int[] {1, 2}) {
      for (int zero : new int[] {-128, 0, 127, -5}) {
        int zeroW = zero == 0 ? 0 : random.nextInt(-128, 128);
        Encoding input = Encoding.perTensor(8, true, 1, zero);
        QuantizedTensor w =
            new QuantizedTensor(
                weights(Signs.BOTH_UNSIGNED, window, groups),
                Encoding.perTensor(8, true, 1, zeroW));
        Int8Tensor x = Signs.inputs(random, 2, CHANNELS, 7, 6);
        IntegerWeights weights = IntegerWeights.raw(w, new int[OUTPUTS], input);
        Int32Tensor ours =
            (Int32Tensor) new IntegerConv2d("conv", weights, window, groups).reference(x);
        OnnxArray theirs =
            operator("ConvInteger", window, groups)
                .run(
                    List.of(OnnxJavaType.INT32),
                    OnnxArray.of(x).unsigned(),
                    OnnxArray.of(w.codes()).unsigned(),
                    OnnxArray.codes(zero).unsigned(),
                    OnnxArray.codes(zeroW).unsigned())
                .get(0);
        assertThat(theirs.size()).isEqualTo(ours.size());
        for (int i = 0; i < ours.size(); i++) {
          assertThat(theirs.get(i)).as("groups %d, element %d", groups, i).isEqualTo(ours.get(i));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void qLinearConv(Window window) {
    for (Signs signs : Signs.values()) {
      for (int groups : new int[] {1, 2}) {
        compareQLinearConv(signs, window, groups, 0x1p-5f);
        compareQLinearConv(signs, window, groups, 0x1p-5f, 0.03f, 0.0127f, 0x1p-6f, 0.05f, 0.04f);
      }
    }
  }

  /** Compares with one scale of weights, or one per output. */
  private void compareQLinearConv(Signs signs, Window window, int groups, float... scales) {
    Encoding input = Encoding.perTensor(8, true, 0.5f, random.nextInt(-128, 128));
    Encoding output = Encoding.perTensor(8, true, 2, random.nextInt(-128, 128));
    QuantizedTensor w =
        new QuantizedTensor(
            weights(signs, window, groups),
            new Encoding(8, true, false, scales, new int[scales.length]));
    int[] bias = random.ints(OUTPUTS, -20_000, 20_000).toArray();
    Int8Tensor x = Signs.inputs(random, 2, CHANNELS, 7, 6);
    IntegerWeights codes = IntegerWeights.requantized(w, bias, input, output, -128, 127);
    IntegerWeights raw = IntegerWeights.raw(w, bias, input);
    Int8Tensor ours = (Int8Tensor) new IntegerConv2d("conv", codes, window, groups).reference(x);
    Int32Tensor acc = (Int32Tensor) new IntegerConv2d("conv", raw, window, groups).reference(x);
    OnnxArray theirs =
        operator("QLinearConv", window, groups)
            .run(
                List.of(signs.unsignedA() ? OnnxJavaType.UINT8 : OnnxJavaType.INT8),
                signs.a(OnnxArray.of(x)),
                OnnxArray.floats(0.5f),
                signs.a(OnnxArray.codes(input.zeroPoint(0))),
                signs.b(OnnxArray.of(w.codes())),
                OnnxArray.floats(scales),
                signs.b(OnnxArray.codes(w.encoding().zeroPoints())),
                OnnxArray.floats(2),
                signs.a(OnnxArray.codes(output.zeroPoint(0))),
                OnnxArray.ints(bias))
            .get(0);
    int run = ours.dimension(2) * ours.dimension(3);
    for (int i = 0; i < ours.size(); i++) {
      float multiplier = 0.5f * w.encoding().scale(i / run % OUTPUTS) / 2;
      int found = theirs.get(i) - (signs.unsignedA() ? 128 : 0);
      SinglePrecision.check(acc.get(i), multiplier, output.zeroPoint(0), found, ours.get(i));
    }
  }
}
