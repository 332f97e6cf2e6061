// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.importing.ModelExporter;
import org.fabriq.importing.ModelImporter;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import org.fabriq.runtime.DeviceException;
import org.fabriq.runtime.NetworkLibrary;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.ModelFolder;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX Runtime gives what the network defines, as near as docs/importing.md says of whole networks
 * whose layers are each at most 1 code apart.
 */
class OnnxNetworkSessionTest {
  private static final int IMAGES = 20;
  private static final int APART = 4;

  private static NetworkLibrary library() {
    assertThat(NetworkLibrary.all()).hasSize(1);
    return NetworkLibrary.all().get(0);
  }

  private static byte[] exported(IntegerNetwork network) {
    return ModelExporter.all().stream()
        .filter(exporter -> exporter.form().equals(library().form()))
        .findFirst()
        .orElseThrow()
        .ofCodes(network);
  }

  private static Tensor run(IntegerNetwork network, Int8Tensor images, int threads) {
    try (NetworkSession session = library().open(exported(network), images, threads)) {
      assertThat(session.description()).contains("ONNX Runtime 1.", threads + " thread");
      session.run();
      session.run();
      return session.results();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ad_deep_autoencoder", "ic_resnet8", "kws_dscnn", "vww_mobilenetv1_025"})
  void publicNetworksGiveTheirCodes(String name) {
    IntegerNetwork network =
        ModelImporter.all().stream()
            .filter(importer -> importer.form().equals(library().form()))
            .findFirst()
            .orElseThrow()
            .read(ModelFolder.file("mlperf-tiny/" + name + ".onnx"))
            .integers()
            .orElseThrow();
    SplittableRandom random = Seed.random(name);
    Int8Tensor images = Int8Tensor.allocate(network.input().tensorShape(IMAGES));
    for (int i = 0; i < images.size(); i++) {
      images.set(i, (byte) random.nextInt(Byte.MIN_VALUE, Byte.MAX_VALUE + 1));
    }
    for (int threads : new int[] {1, 2}) {
      assertNear((Int8Tensor) run(network, images, threads), reference(network, images));
    }
  }

  @Test
  void randomNetworksGiveTheirCodes() {
    RandomNetwork random = new RandomNetwork(Seed.random("OnnxNetworkSessionTest"));
    Network network = random.ofBranches();
    Float32Tensor x = random.tensor(IMAGES, network.input().size());
    IntegerNetwork integers =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    Int8Tensor images = integers.quantize(x);
    Tensor found = run(integers, images, 1);
    Tensor own = reference(integers, images);
    assertThat(found.shape()).isEqualTo(own.shape());
    if (found instanceof Int8Tensor codes) {
      assertNear(codes, own);
    } else {
      assertClose((Float32Tensor) found, integers.dequantize(own));
    }
  }

  /** Accumulators come as fp32: within what one code more or less in the layer before makes. */
  @Test
  void theShippedNetworkGivesItsLogits() {
    Network network = ShippedModel.DIGITS.network();
    Float32Tensor x = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, IMAGES).inputs(0, IMAGES);
    IntegerNetwork integers =
        RandomIntegerNetwork.of(
            network, x, "per-channel:symmetric:8", "affine:8", OutputScales.CALIBRATED);
    Int8Tensor images = integers.quantize(x);
    assertClose(
        (Float32Tensor) run(integers, images, 1), integers.dequantize(reference(integers, images)));
  }

  private static Tensor reference(IntegerNetwork network, Int8Tensor images) {
    return ReferenceNetwork.run(network, network.samples(images));
  }

  private static void assertNear(Int8Tensor found, Tensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    int equal = 0;
    for (int i = 0; i < found.size(); i++) {
      int apart = Math.abs(found.get(i) - ((Int8Tensor) expected).get(i));
      assertThat(apart).isLessThanOrEqualTo(APART);
      equal += apart == 0 ? 1 : 0;
    }
    assertThat((double) equal / found.size()).isGreaterThan(0.8);
  }

  private static void assertClose(Float32Tensor found, Float32Tensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    float greatest = 0;
    for (int i = 0; i < expected.size(); i++) {
      greatest = Math.max(greatest, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), Offset.offset(greatest / 50));
    }
  }

  @Test
  void whatIsNoModelIsRefused() {
    Int8Tensor images = Int8Tensor.allocate(1, 4);
    assertThatThrownBy(() -> library().open(new byte[] {1, 2, 3}, images, 1))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("ONNX Runtime failed");
  }
}
