// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.data.DataFiles;
import org.fabriq.data.Samples;
import org.fabriq.data.Split;
import org.fabriq.model.Argmax;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.NearestWeights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped convolutional network in integers, from bytes of pixels to logits. */
class IntegerMnistTest {
  private static final int IMAGES = 200;

  @ParameterizedTest
  @CsvSource({
    "per-channel:8, affine:8, CALIBRATED, 1",
    "symmetric:8, symmetric:8, ACCUMULATED, 1",
    "symmetric:8, symmetric:8, ACCUMULATED_SHIFTS, 2",
    "'per-channel:symmetric:4,mse', affine:8, CALIBRATED, 4"
  })
  void classesAreThoseOfFp32(String weights, String activations, OutputScales scales, int flips) {
    String folder = System.getProperty("fabriq.mnist", "");
    assumeThat(folder).as("-Dfabriq.mnist=DIR").isNotEmpty();
    Samples train = DataFiles.open(Path.of(folder)).read(Split.TRAIN);
    Float32Tensor x = DataFiles.open(Path.of(folder)).read(Split.TEST).inputs(0, IMAGES);
    Network network = BatchNormFolding.fold(ShippedModel.MNIST_CNN.network());
    Calibration calibration =
        Calibration.of(
                network,
                List.of(train.inputs(0, 250), train.inputs(250, 500)),
                QuantizerSpec.parse(activations))
            .withInput(IntegerNetwork.PIXELS);
    Map<String, QuantizedTensor> codes =
        NearestWeights.quantize(network, QuantizerSpec.parse(weights));
    IntegerNetwork graph = IntegerNetwork.of(network, codes, calibration, scales);
    Float32Tensor logits = graph.dequantize(ReferenceNetwork.run(graph, graph.quantize(x)));
    Float32Tensor expected = network.forward(x);
    int differing = 0;
    for (int i = 0; i < IMAGES; i++) {
      differing += Argmax.of(logits, i) == Argmax.of(expected, i) ? 0 : 1;
    }
    assertThat(differing).isLessThanOrEqualTo(flips);
  }
}
