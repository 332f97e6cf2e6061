// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.fabriq.importers.graph.Constant;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.ModelFolder;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Public models in fp32 give what ONNX Runtime gives, but for the order of sums: within 1e-4 of the
 * greatest output, or of 1 where all are smaller.
 */
class FloatModelsTest {
  private static final double BOUND = 1e-4;
  private static final int SAMPLES = 5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kws-forms/micro_kws_m_static_fp32.onnx",
        "misc/onnx_test_Conv2d_depthwise_padded.onnx",
        "misc/onnx_test_Conv2d_groups.onnx",
        "misc/residual_block_clean.onnx",
        "mlperf-tiny/vww_96_float.onnx",
        "mnist/qonnx_mnist_conv.onnx",
        "mnist/tribuo_cnn_mnist.onnx"
      })
  void outputsAreThoseOfOnnxRuntime(String name) {
    Path path = ModelFolder.file(name);
    ModelProto model = OnnxFile.read(path).model();
    Network network = new OnnxImporter().read(path).network().orElseThrow();
    SplittableRandom random = Seed.random(name);
    long[] shape = inputShape(model);
    int batch = (int) shape[0];
    try (RuntimeModel runtime = new RuntimeModel(model.toByteArray())) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        float[] values = new float[batch * network.input().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(-1, 1);
        }
        Float32Tensor x = Float32Tensor.of(values, network.input().tensorShape(batch));
        assertClose(network.forward(x), runtime.run(values, shape));
      }
    }
  }

  @Test
  void outputIsThatWhichTheMakerPublished() throws IOException {
    Path path = ModelFolder.file("mnist/qonnx_mnist_conv.onnx");
    Network network = new OnnxImporter().read(path).network().orElseThrow();
    Constant input = published("mnist/qonnx_mnist_conv_input_0.pb");
    Constant output = published("mnist/qonnx_mnist_conv_output_0.pb");
    Float32Tensor x = Float32Tensor.allocate(1, 1, 28, 28);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, (float) input.real(i));
    }
    assertClose(network.forward(x), output.reals());
  }

  private static Constant published(String name) throws IOException {
    Path file = ModelFolder.file(name);
    return new OnnxTensors(file.getParent())
        .constant(TensorProto.parseFrom(Files.readAllBytes(file)));
  }

  static void assertClose(Float32Tensor actual, double[] expected) {
    double greatest = 1;
    for (double value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(actual.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.get(i)).isCloseTo(expected[i], Offset.offset(BOUND * greatest));
    }
  }

  /** The shape of the input that no initializer gives; 1 for what is symbolic. */
  static long[] inputShape(ModelProto model) {
    ValueInfoProto input =
        model.getGraph().getInputList().stream()
            .filter(
                info ->
                    model.getGraph().getInitializerList().stream()
                        .noneMatch(tensor -> tensor.getName().equals(info.getName())))
            .findFirst()
            .orElseThrow();
    return input.getType().getTensorType().getShape().getDimList().stream()
        .mapToLong(TensorShapeProto.Dimension::getDimValue)
        .map(dimension -> Math.max(1, dimension))
        .toArray();
  }

  /** One sample as the network takes it, of values as the file has them. */
  static Float32Tensor channelsFirst(float[] values, long[] shape, SampleShape sample) {
    Float32Tensor x = Float32Tensor.of(values, sample.tensorShape(1));
    boolean channelsLast =
        shape.length == 4 && shape[3] == sample.channels() && shape[1] != shape[3];
    for (int i = 0; channelsLast && i < values.length; i++) {
      int pixels = sample.height() * sample.width();
      x.set(i % sample.channels() * pixels + i / sample.channels(), values[i]);
    }
    return x;
  }
}
