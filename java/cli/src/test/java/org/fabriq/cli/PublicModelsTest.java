// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fabriq.importing.ImportedModel;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.plan.Launch;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.ModelFolder;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public models, imported by the command and run on devices. */
class PublicModelsTest {
  @TempDir private Path folder;

  private CommandRun run(String model, String... more) {
    String[] words = {
      "import", ModelFolder.file(model).toString(), "--out", folder.resolve("net.npz").toString()
    };
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return CommandRun.of(all);
  }

  @ParameterizedTest
  @CsvSource({
    "mlperf-tiny/ad_deep_autoencoder.onnx, integers",
    "mlperf-tiny/ic_resnet8.onnx, integers",
    "mlperf-tiny/kws_dscnn.onnx, integers",
    "mlperf-tiny/vww_mobilenetv1_025.onnx, integers",
    "mlperf-tiny/vww_96_float.onnx, fp32",
    "kws-forms/micro_kws_m_static_fp32.onnx, fp32",
    "kws-forms/micro_kws_m_qdq.onnx, integers",
    "kws-forms/micro_kws_m_static_qoperator.onnx, integers",
    "kws-forms/micro_kws_m_qoperator_add_shape.onnx, integers",
    "mnist/tribuo_cnn_mnist.onnx, fp32",
    "mnist/qonnx_mnist_conv.onnx, fp32",
    "misc/residual_block_clean.onnx, fp32",
    "misc/onnx_test_Conv2d_groups.onnx, fp32",
    "misc/onnx_test_Conv2d_depthwise_padded.onnx, fp32"
  })
  void isImported(String model, String form) {
    CommandRun run = run(model, "--explain");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("nodes of the file", "device matmul", "written: ")
        .doesNotContain("not taken")
        .contains(form.equals("fp32") ? "next: fabriq quantize" : "next: fabriq infer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ad01_int8", "kws_ref_model", "kws_ref_model_float32", "vww_96_int8"})
  void modelsOfTensorFlowLiteAreImported(String name) {
    String model = "mlperf-tiny/%s.tflite".formatted(name);
    boolean codes = !name.endsWith("float32");
    for (String rounding : new String[] {"fabriq", "tflite"}) {
      CommandRun run = run(model, "--explain", "--rounding", rounding);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(codes ? 0 : 2);
      assertThat(run.err()).contains(codes ? "" : "--rounding", codes ? "" : "in fp32");
    }
    CommandRun run = run(model, "--explain");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("FULLY_CONNECTED", "written: ");
  }

  /** Operators without a layer of their own are explained, too, as those of ONNX are. */
  @Test
  void everyOperatorOfTensorFlowLiteIsExplained() {
    CommandRun run = run("mlperf-tiny/kws_ref_model.tflite", "--explain");
    assertThat(run.out())
        .contains(
            "RESHAPE functional_1/flatten/Reshape: taken without a layer: it only changes how"
                + " values are arranged");
    assertThat(run.out().lines().filter(line -> line.contains(": taken "))).hasSize(13);
  }

  @Test
  void roundingOfTensorFlowLiteIsForItsFiles() {
    CommandRun run = run("mnist/tribuo_cnn_mnist.onnx", "--rounding", "tflite");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("leave --rounding out");
  }

  @Test
  void foreignNodesAreRefusedOneByOne() {
    CommandRun run = run("misc/finn_tfc_w1a1_multithreshold.onnx");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(5).filteredOn(line -> line.contains("Multi")).hasSize(4);
  }

  @Test
  void strictRefusesTheSoftmaxOfAMixedModel() {
    CommandRun run = run("kws-forms/micro_kws_m_qoperator_add_shape.onnx", "--strict");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("QLinearSoftmax"));
  }

  /** Layers that the overlay has not, as those that round otherwise, are named with the reason. */
  @Test
  void layersInNoProgramAreExplained() {
    CommandRun kept = run("mlperf-tiny/kws_ref_model.tflite", "--explain", "--rounding", "tflite");
    assertThat(kept.out())
        .containsPattern(
            "  conv1 \\(conv2d\\): a launch of its own: the rounding of TensorFlow Lite")
        .containsPattern("\\(conv2d\\): on the host: the rounding of TensorFlow Lite");
    CommandRun exact = run("mlperf-tiny/kws_ref_model.tflite", "--explain");
    assertThat(exact.out()).contains("  conv1 (conv2d): program 1");
  }

  /**
   * Every layer gives the codes of its definition, on random codes and on the extreme ones. {@code
   * -Dfabriq.models.devices=xrt:sw_emu,xrt:hw_emu} names other devices.
   */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlperf-tiny/ad_deep_autoencoder.onnx",
        "mlperf-tiny/ic_resnet8.onnx",
        "mlperf-tiny/kws_dscnn.onnx",
        "mlperf-tiny/vww_mobilenetv1_025.onnx",
        "kws-forms/micro_kws_m_qdq.onnx",
        "kws-forms/micro_kws_m_static_qoperator.onnx",
        "kws-forms/micro_kws_m_qoperator_add_shape.onnx"
      })
  void everyDeviceGivesTheCodesOfTheDefinition(String model) {
    Path file = ModelFolder.file(model);
    ImportedModel imported = Importers.of(file).read(file);
    IntegerNetwork network = imported.integers().orElseThrow();
    SplittableRandom random = Seed.random(model);
    int size = network.input().size();
    Int8Tensor codes = Int8Tensor.allocate(3, size);
    for (int i = 0; i < size; i++) {
      codes.set(i, (byte) random.nextInt(-128, 128));
      codes.set(size + i, (byte) (random.nextBoolean() ? -128 : 127));
      codes.set(2 * size + i, (byte) network.inputCodes().zeroPoint(0));
    }
    for (String address : System.getProperty("fabriq.models.devices", "cpu,emulation").split(",")) {
      try (Device device = Device.open(address);
          NetworkPlan plan = NetworkPlan.of(network, layer -> device, 3, Launch.LAYER)) {
        assertThat(plan.mismatches(network.samples(codes))).as(address).isZero();
      }
    }
  }

  /**
   * Networks that are one program give the codes of their definition on every device that takes
   * them. {@code -Dfabriq.models.networks=xrt:hw_emu} names other devices.
   */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlperf-tiny/ad_deep_autoencoder.onnx",
        "mlperf-tiny/ic_resnet8.onnx",
        "mlperf-tiny/kws_dscnn.onnx",
        "mlperf-tiny/vww_mobilenetv1_025.onnx"
      })
  void wholeNetworksGiveTheCodesOfTheDefinition(String model) {
    Path file = ModelFolder.file(model);
    IntegerNetwork network = Importers.of(file).read(file).integers().orElseThrow();
    Int8Tensor codes = RandomOverlayNetwork.images(Seed.random(model), network, 2);
    String devices = System.getProperty("fabriq.models.networks", "reference,emulation");
    for (String address : devices.split(",")) {
      try (Device device = Device.open(address);
          NetworkPlan plan = NetworkPlan.of(network, layer -> device, 2, Launch.NETWORK)) {
        assertThat(plan.parts().orElseThrow().isWhole()).as(address).isTrue();
        assertThat(plan.mismatches(codes)).as(address).isZero();
      }
    }
  }
}
