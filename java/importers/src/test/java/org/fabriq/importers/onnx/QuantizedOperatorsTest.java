// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fabriq.importers.onnx.SmallModel.integer;
import static org.fabriq.importers.onnx.SmallModel.ints;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small quantized models, a form each, give the values of ONNX Runtime: at most a code apart, where
 * that rounds to fp32 before a tie.
 */
class QuantizedOperatorsTest {
  private static final int SAMPLES = 20;
  private static final double EQUAL = 0.99;

  @ParameterizedTest
  @MethodSource("models")
  void valuesAreThoseOfOnnxRuntime(ModelProto model) {
    IntegerNetwork network = SmallModel.imported(model).integers().orElseThrow();
    SplittableRandom random = Seed.random("quantized operators");
    long[] shape = FloatModelsTest.inputShape(model);
    Agreement agreement = new Agreement();
    Encoding output = network.layers().get(network.layers().size() - 1).outputCodes().orElse(null);
    try (RuntimeModel runtime = new RuntimeModel(model.toByteArray())) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        float[] values = new float[network.input().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(-3, 3);
        }
        Float32Tensor x = FloatModelsTest.channelsFirst(values, shape, network.input());
        Tensor integers = ReferenceNetwork.run(network, network.quantize(x));
        Float32Tensor actual = network.dequantize(integers);
        double[] expected = runtime.run(values, shape);
        for (int i = 0; i < expected.length; i++) {
          double step = output == null ? 1e-4 : output.scale(0);
          agreement.add(Math.rint(expected[i] / step), Math.rint(actual.get(i) / step));
        }
      }
    }
    assertThat(agreement.greatest()).isLessThanOrEqualTo(1);
    assertThat(agreement.equal()).isGreaterThanOrEqualTo(EQUAL);
  }

  /** x, 1 x 4 x 6 x 5, as codes and as the values q of them. */
  private static SmallModel image(DataType type) {
    return quantized(
        new SmallModel(13).input("x", 1, 4, 6, 5), "x", "q", type, 0.021f, middle(type, 7));
  }

  private static SmallModel vector(DataType type) {
    return quantized(
        new SmallModel(13).input("x", 1, 12), "x", "q", type, 0.021f, middle(type, -5));
  }

  private static int middle(DataType type, int zero) {
    return type == DataType.UINT8 ? zero + 128 : zero;
  }

  /** QuantizeLinear and DequantizeLinear. */
  private static SmallModel quantized(
      SmallModel model, String from, String to, DataType type, float scale, int zero) {
    return model
        .scalar(to + ".scale", scale)
        .scalar(to + ".zero", type, zero)
        .node("QuantizeLinear", from + " " + to + ".scale " + to + ".zero", to + ".codes")
        .node("DequantizeLinear", to + ".codes " + to + ".scale " + to + ".zero", to);
  }

  /** Weights of codes, one scale. */
  private static SmallModel weights(SmallModel model, DataType type, long... shape) {
    int least = type == DataType.UINT8 ? 0 : -128;
    return model
        .codes("w.codes", type, least, least + 255, shape)
        .scalar("w.scale", 0.004f)
        .scalar("w.zero", type, middle(type, 3))
        .node("DequantizeLinear", "w.codes w.scale w.zero", "w");
  }

  private static Named<ModelProto> ending(
      String name, SmallModel model, DataType type, float scale, int zero) {
    return Named.of(name, quantized(model, "r", "y", type, scale, middle(type, zero)).giving("y"));
  }

  static Stream<Named<ModelProto>> models() {
    return Stream.of(products(), regions(), operators(), shortCodes()).flatMap(models -> models);
  }

  private static Stream<Named<ModelProto>> products() {
    SmallModel uint8 = weights(image(DataType.UINT8), DataType.UINT8, 6, 2, 3, 3);
    SmallModel perAxis =
        image(DataType.INT8)
            .codes("w.codes", DataType.INT8, -127, 127, 6, 4, 2, 2)
            .positive("w.scale", 6)
            .node("DequantizeLinear", "w.codes w.scale", "w0", integer("axis", 0));
    SmallModel logits = weights(vector(DataType.INT8), DataType.INT8, 12, 5);
    SmallModel norm = weights(image(DataType.INT8), DataType.INT8, 4, 4, 1, 1);
    return Stream.of(
        ending(
            "uint8, groups, pads, Relu",
            uint8
                .int32("b.codes", 100, -2000, 3000, 0, 5, 17)
                .scalar("b.scale", 0.021f * 0.004f)
                .node("DequantizeLinear", "b.codes b.scale", "b")
                .node("Conv", "q w b", "c", integer("group", 2), ints("pads", 1, 1, 1, 1))
                .node("Relu", "c", "r"),
            DataType.UINT8,
            0.02f,
            -128),
        ending(
            "scales per axis, Clip",
            perAxis
                .scalar("lo", -3)
                .scalar("hi", 60)
                .node("Conv", "q w0", "c")
                .node("Clip", "c lo hi", "r"),
            DataType.INT8,
            1.7f,
            -60),
        Named.of("accumulators as logits", logits.node("MatMul", "q w", "y").giving("y")),
        ending(
            "batch normalization behind codes",
            norm.positive("g", 4)
                .random("b", 4)
                .random("m", 4)
                .positive("v", 4)
                .node("Conv", "q w", "c")
                .node("BatchNormalization", "c g b m v", "n")
                .node("Relu", "n", "r"),
            DataType.INT8,
            0.02f,
            -128),
        ending(
            "MatMul and Add of codes",
            weights(vector(DataType.INT8), DataType.INT8, 12, 5)
                .codes("b.codes", DataType.INT8, -128, 127, 5)
                .scalar("b.scale", 0.01f)
                .scalar("b.zero", DataType.INT8, 4)
                .node("DequantizeLinear", "b.codes b.scale b.zero", "b")
                .node("MatMul", "q w", "m")
                .node("Add", "m b", "r"),
            DataType.INT8,
            0.05f,
            10));
  }

  private static Stream<Named<ModelProto>> regions() {
    SmallModel max = weights(image(DataType.INT8), DataType.INT8, 3, 4, 1, 1);
    SmallModel sum =
        quantized(
            weights(image(DataType.INT8), DataType.INT8, 4, 4, 1, 1).node("Conv", "q w", "c"),
            "c",
            "d",
            DataType.INT8,
            0.03f,
            11);
    return Stream.of(
        ending(
            "max pooling before it is quantized",
            max.node("Conv", "q w", "c")
                .node("Relu", "c", "a")
                .node("MaxPool", "a", "r", ints("kernel_shape", 2, 2)),
            DataType.INT8,
            0.015f,
            -128),
        ending(
            "a sum of two scales, Relu",
            sum.node("Add", "d q", "s").node("Relu", "s", "r"),
            DataType.INT8,
            0.023f,
            -100),
        ending(
            "joined, of two scales",
            quantized(sumless(), "c", "d", DataType.INT8, 0.03f, 11)
                .node("Concat", "d q", "r", integer("axis", 1)),
            DataType.INT8,
            0.025f,
            3),
        ending(
            "mean of another scale",
            image(DataType.INT8).node("GlobalAveragePool", "q", "r"),
            DataType.INT8,
            0.0071f,
            20),
        ending(
            "a border of zeros before a convolution",
            weights(image(DataType.INT8), DataType.INT8, 2, 4, 3, 3)
                .integers("p", 0, 0, 1, 0, 0, 0, 1, 2)
                .node("Pad", "q p", "e")
                .node("Conv", "e w", "r"),
            DataType.INT8,
            0.05f,
            0));
  }

  private static SmallModel sumless() {
    return weights(image(DataType.INT8), DataType.INT8, 3, 4, 1, 1).node("Conv", "q w", "c");
  }

  private static Stream<Named<ModelProto>> operators() {
    Stream<Named<ModelProto>> functions =
        Stream.of("Sigmoid", "Tanh", "LeakyRelu", "HardSigmoid", "Relu", "Identity")
            .map(
                name ->
                    ending(
                        name,
                        vector(DataType.UINT8).node(name, "q", "r"),
                        DataType.UINT8,
                        0.013f,
                        -40));
    SmallModel conv =
        image(DataType.UINT8)
            .codes("k", DataType.INT8, -64, 63, 5, 4, 2, 2)
            .positive("k.scale", 5)
            .codes("k.zero", DataType.INT8, 0, 0, 5)
            .int32("k.bias", 1, 20, -3, 44, 0)
            .scalar("y.scale", 1.9f)
            .scalar("y.zero", DataType.UINT8, 120)
            .node(
                "QLinearConv",
                "q.codes q.scale q.zero k k.scale k.zero y.scale y.zero k.bias",
                "y.codes")
            .node("DequantizeLinear", "y.codes y.scale y.zero", "y");
    SmallModel gemm =
        vector(DataType.UINT8)
            .codes("k", DataType.UINT8, 0, 255, 6, 12)
            .scalar("k.scale", 0.003f)
            .scalar("k.zero", DataType.UINT8, 131)
            .int32("k.bias", 100, -20, 3, 4, 5, 600)
            .scalar("y.scale", 0.04f)
            .scalar("y.zero", DataType.UINT8, 100)
            .node(
                "com.microsoft:QGemm",
                "q.codes q.scale q.zero k k.scale k.zero k.bias y.scale y.zero",
                "y.codes",
                integer("transB", 1))
            .node("DequantizeLinear", "y.codes y.scale y.zero", "y");
    SmallModel mean =
        image(DataType.UINT8)
            .scalar("y.scale", 0.011f)
            .scalar("y.zero", DataType.UINT8, 90)
            .node(
                "com.microsoft:QLinearGlobalAveragePool",
                "q.codes q.scale q.zero y.scale y.zero",
                "y.codes")
            .node("DequantizeLinear", "y.codes y.scale y.zero", "y");
    SmallModel joined =
        image(DataType.UINT8)
            .scalar("y.scale", 0.031f)
            .scalar("y.zero", DataType.UINT8, 90)
            .node("MaxPool", "q.codes", "m", ints("kernel_shape", 1, 1))
            .node(
                "com.microsoft:QLinearConcat",
                "y.scale y.zero q.codes q.scale q.zero m q.scale q.zero",
                "y.codes",
                integer("axis", 1))
            .node("DequantizeLinear", "y.codes y.scale y.zero", "y");
    return Stream.concat(
        functions,
        Stream.of(
            Named.of("QLinearConv", conv.giving("y")),
            Named.of("QGemm", gemm.giving("y")),
            Named.of("QLinearGlobalAveragePool", mean.giving("y")),
            Named.of("QLinearConcat", joined.giving("y"))));
  }

  private static Stream<Named<ModelProto>> shortCodes() {
    SmallModel four =
        quantized(new SmallModel(21).input("x", 1, 12), "x", "q", DataType.INT8, 0.021f, 4)
            .add(
                SmallModel.tensor("w.codes", DataType.INT4, 12, 5)
                    .setRawData(ByteString.copyFrom(randomBytes(30)))
                    .build())
            .scalar("w.scale", 0.05f)
            .node("DequantizeLinear", "w.codes w.scale", "w")
            .node("MatMul", "q w", "r");
    SmallModel limited =
        new SmallModel(13)
            .input("x", 1, 12)
            .scalar("q.scale", 0.3f)
            .scalar("q.zero", DataType.INT8, 0)
            .scalar("lo", DataType.INT8, -7)
            .scalar("hi", DataType.INT8, 7)
            .node("QuantizeLinear", "x q.scale q.zero", "q8")
            .node("Clip", "q8 lo hi", "q4")
            .node("DequantizeLinear", "q4 q.scale q.zero", "q");
    return Stream.of(
        ending("weights of 4 bits", four, DataType.INT8, 0.05f, 0),
        ending(
            "codes limited to 4 bits, as Brevitas writes them",
            weights(limited, DataType.INT8, 12, 5).node("MatMul", "q w", "r"),
            DataType.INT8,
            0.05f,
            0));
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(3).nextBytes(bytes);
    return bytes;
  }
}
