// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.fabriq.importers.onnx.SmallModel.integer;
import static org.fabriq.importers.onnx.SmallModel.ints;
import static org.fabriq.importers.onnx.SmallModel.number;
import static org.fabriq.importers.onnx.SmallModel.text;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fabriq.model.Network;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small models in fp32, an operator or a form each, give what ONNX Runtime gives. */
class FloatOperatorsTest {
  private static final int SAMPLES = 3;

  @ParameterizedTest
  @MethodSource("models")
  void outputsAreThoseOfOnnxRuntime(ModelProto model) {
    Network network = SmallModel.imported(model).network().orElseThrow();
    SplittableRandom random = Seed.random("operators");
    long[] shape = FloatModelsTest.inputShape(model);
    try (RuntimeModel runtime = new RuntimeModel(model.toByteArray())) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        float[] values = new float[network.input().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(-4, 4);
        }
        Float32Tensor x = FloatModelsTest.channelsFirst(values, shape, network.input());
        FloatModelsTest.assertClose(network.forward(x), runtime.run(values, shape));
      }
    }
  }

  private static SmallModel image(int opset) {
    return new SmallModel(opset).input("x", 1, 4, 9, 7);
  }

  private static SmallModel vector(int opset) {
    return new SmallModel(opset).input("x", 1, 12);
  }

  private static Named<ModelProto> named(String name, SmallModel model) {
    return Named.of(name, model.giving("y"));
  }

  static Stream<Named<ModelProto>> models() {
    return Stream.of(convolutions(), pools(), dense(), layouts(), functions(), folded())
        .flatMap(models -> models);
  }

  private static Stream<Named<ModelProto>> convolutions() {
    SmallModel weights = image(13).random("w", 6, 2, 3, 3).random("b", 6);
    SmallModel lines = new SmallModel(13).input("x", 1, 3, 11).random("w", 5, 3, 4);
    return Stream.of(
        named(
            "strides, dilations, groups and uneven pads",
            weights.node(
                "Conv",
                "x w b",
                "y",
                ints("strides", 2, 1),
                ints("dilations", 1, 2),
                ints("pads", 1, 2, 0, 1),
                integer("group", 2))),
        named(
            "SAME_LOWER",
            image(11)
                .random("w", 3, 4, 2, 4)
                .node("Conv", "x w", "y", text("auto_pad", "SAME_LOWER"), ints("strides", 2, 2))),
        named(
            "SAME_UPPER",
            image(11)
                .random("w", 3, 4, 2, 4)
                .node("Conv", "x w", "y", text("auto_pad", "SAME_UPPER"), ints("strides", 2, 3))),
        named("one dimension", lines.node("Conv", "x w", "y", ints("pads", 1, 2))),
        named(
            "bias by Add, factor by Mul",
            image(13)
                .random("w", 6, 4, 1, 1)
                .random("b", 6, 1, 1)
                .random("f", 1, 6, 1, 1)
                .node("Conv", "x w", "c")
                .node("Add", "c b", "a")
                .node("Mul", "f a", "y")),
        named(
            "batch normalization",
            image(9)
                .random("w", 4, 4, 3, 3)
                .positive("g", 4)
                .random("b", 4)
                .random("m", 4)
                .positive("v", 4)
                .node("Conv", "x w", "c")
                .node("BatchNormalization", "c g b m v", "y", number("epsilon", 1e-3f))),
        named(
            "Pad",
            image(13)
                .integers("p", 0, 0, 1, 2, 0, 0, 0, 3)
                .scalar("v", 0.5f)
                .node("Pad", "x p v", "y")),
        named(
            "Pad by attributes",
            image(9).node("Pad", "x", "y", ints("pads", 0, 0, 1, 0, 0, 0, 2, 1))));
  }

  private static Stream<Named<ModelProto>> pools() {
    return Stream.of(
        named(
            "MaxPool",
            image(12)
                .node(
                    "MaxPool",
                    "x",
                    "y",
                    ints("kernel_shape", 3, 2),
                    ints("pads", 1, 0, 1, 1),
                    ints("strides", 2, 2))),
        named(
            "MaxPool with ceil_mode",
            image(12)
                .node(
                    "MaxPool",
                    "x",
                    "y",
                    ints("kernel_shape", 2, 2),
                    ints("strides", 2, 2),
                    integer("ceil_mode", 1))),
        named(
            "AveragePool without padding",
            image(12)
                .node(
                    "AveragePool", "x", "y", ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1))),
        named(
            "AveragePool with padding",
            image(12)
                .node(
                    "AveragePool",
                    "x",
                    "y",
                    ints("kernel_shape", 3, 3),
                    ints("pads", 1, 1, 1, 1),
                    integer("count_include_pad", 1))),
        named("GlobalAveragePool", image(12).node("GlobalAveragePool", "x", "y")),
        named("GlobalMaxPool", image(12).node("GlobalMaxPool", "x", "y")),
        named(
            "ReduceMean",
            image(13)
                .random("w", 4, 3)
                .node("ReduceMean", "x", "m", ints("axes", 2, 3), integer("keepdims", 0))
                .node("MatMul", "m w", "y")));
  }

  private static Stream<Named<ModelProto>> dense() {
    return Stream.of(
        named(
            "Gemm",
            vector(9)
                .random("w", 12, 5)
                .random("b", 5)
                .node("Gemm", "x w b", "y", number("alpha", 0.5f), number("beta", 2))),
        named(
            "Gemm, transposed, one bias",
            vector(9)
                .random("w", 5, 12)
                .random("b", 1)
                .node("Gemm", "x w b", "y", integer("transB", 1))),
        named(
            "MatMul and Add of rank 3",
            new SmallModel(13)
                .input("x", 1, 1, 12)
                .random("w", 12, 5)
                .random("b", 1, 1, 5)
                .node("MatMul", "x w", "m")
                .node("Add", "b m", "y")),
        named(
            "residual",
            vector(13)
                .random("w", 12, 12)
                .node("MatMul", "x w", "m")
                .node("Relu", "m", "r")
                .node("Add", "r x", "y")),
        named(
            "weights behind Reshape and Transpose",
            vector(13)
                .random("w", 5, 3, 4)
                .integers("s", 5, -1)
                .node("Reshape", "w s", "r")
                .node("Transpose", "r", "t")
                .node("MatMul", "x t", "y")),
        named("softmax", vector(13).node("Relu", "x", "r").node("Softmax", "r", "y")),
        named("log softmax", vector(11).node("Relu", "x", "r").node("LogSoftmax", "r", "y")));
  }

  private static Stream<Named<ModelProto>> layouts() {
    return Stream.of(
        named(
            "channels last at the input and before Flatten",
            new SmallModel(13)
                .input("x", 1, 6, 5, 3)
                .random("w", 4, 3, 2, 2)
                .random("v", 80, 5)
                .node("Transpose", "x", "t", ints("perm", 0, 3, 1, 2))
                .node("Conv", "t w", "c")
                .node("Transpose", "c", "u", ints("perm", 0, 2, 3, 1))
                .node("Relu", "u", "r")
                .node("Flatten", "r", "f")
                .node("MatMul", "f v", "y")),
        named(
            "a transposition that another undoes",
            image(13)
                .random("w", 4, 4, 1, 1)
                .node("Conv", "x w", "c")
                .node("Transpose", "c", "t", ints("perm", 0, 2, 3, 1))
                .node("Sigmoid", "t", "s")
                .node("Transpose", "s", "u", ints("perm", 0, 3, 1, 2))
                .node("MaxPool", "u", "y", ints("kernel_shape", 2, 2))),
        named(
            "Concat along the last axis of channels last",
            image(13)
                .random("w", 2, 4, 1, 1)
                .random("v", 378, 3)
                .node("Conv", "x w", "c")
                .node("Transpose", "c", "t", ints("perm", 0, 2, 3, 1))
                .node("Transpose", "x", "u", ints("perm", 0, 2, 3, 1))
                .node("Concat", "t u", "j", integer("axis", -1))
                .node("Flatten", "j", "f")
                .node("MatMul", "f v", "y")),
        named(
            "Concat",
            image(13)
                .random("w", 3, 4, 1, 1)
                .node("Conv", "x w", "c")
                .node("Concat", "x c", "y", integer("axis", 1))),
        named(
            "a shape that is computed",
            image(13)
                .integers("i", 0)
                .integers("one", -1)
                .random("v", 252, 3)
                .node("Relu", "x", "r")
                .node("Shape", "r", "s")
                .node("Gather", "s i", "n")
                .node("Concat", "n one", "t", integer("axis", 0))
                .node("Reshape", "r t", "f")
                .node("MatMul", "f v", "y")),
        named(
            "Squeeze, Unsqueeze, Identity and Dropout",
            vector(13)
                .integers("a", 1, 3)
                .integers("b", 3)
                .integers("c", 1)
                .random("w", 12, 4)
                .node("Unsqueeze", "x a", "u")
                .node("Identity", "u", "i")
                .node("Squeeze", "i b", "s")
                .node("Squeeze", "s c", "q")
                .node("Dropout", "q", "d")
                .node("MatMul", "d w", "y")),
        named(
            "a matrix for each pixel",
            new SmallModel(13)
                .input("x", 1, 4, 5, 3)
                .random("w", 3, 6)
                .node("MatMul", "x w", "m")
                .node("Transpose", "m", "y", ints("perm", 0, 3, 1, 2))));
  }

  private static Stream<Named<ModelProto>> functions() {
    return Stream.concat(
        Stream.of("Relu", "Sigmoid", "Tanh", "LeakyRelu", "HardSigmoid", "HardSwish")
            .map(name -> named(name, vector(14).node(name, "x", "y"))),
        Stream.of(
            named("Clip", vector(13).scalar("a", -1).scalar("b", 6).node("Clip", "x a b", "y")),
            named("Clip from one side", vector(13).scalar("b", 1).node("Clip", "x - b", "y")),
            named(
                "Clip by attributes",
                vector(6).node("Clip", "x", "y", number("min", 0), number("max", 6))),
            named("PRelu", vector(9).scalar("s", 0.25f).node("PRelu", "x s", "y")),
            named("PRelu of vectors", vector(9).random("s", 12).node("PRelu", "x s", "y")),
            named(
                "PRelu per channel",
                image(16)
                    .random("w", 3, 4, 1, 1)
                    .random("s", 3, 1, 1)
                    .node("Conv", "x w", "c")
                    .node("PRelu", "c s", "y")),
            named(
                "arithmetic with constants",
                image(13)
                    .scalar("a", 255)
                    .random("m", 4, 1, 1)
                    .positive("s", 1, 4, 1, 1)
                    .node("Div", "x a", "d")
                    .node("Sub", "d m", "e")
                    .node("Div", "e s", "f")
                    .node("Sub", "m f", "y"))));
  }

  private static Stream<Named<ModelProto>> folded() {
    TensorProto eight =
        SmallModel.tensor("c", TensorProto.DataType.INT8, 12, 4).setRawData(bytes(48)).build();
    return Stream.of(
        named(
            "weights as codes",
            vector(13)
                .add(eight)
                .positive("s", 4)
                .add(
                    SmallModel.tensor("z", TensorProto.DataType.INT8, 4)
                        .setRawData(bytes(4))
                        .build())
                .node("DequantizeLinear", "c s z", "w", integer("axis", 1))
                .node("MatMul", "x w", "y")),
        named(
            "weights as codes with a scale per input, and a factor per output",
            vector(13)
                .codes("c", TensorProto.DataType.INT8, -100, 100, 12, 12)
                .positive("s", 12)
                .positive("f", 12)
                .node("DequantizeLinear", "c s", "w", integer("axis", 0))
                .node("MatMul", "x w", "m")
                .node("Mul", "m f", "y")),
        named(
            "kernels as codes with a scale per row",
            image(13)
                .codes("c", TensorProto.DataType.INT8, -9, 9, 3, 4, 2, 5)
                .positive("s", 2)
                .node("DequantizeLinear", "c s", "w", integer("axis", -2))
                .node("Conv", "x w", "y")));
  }

  private static ByteString bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(3).nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
