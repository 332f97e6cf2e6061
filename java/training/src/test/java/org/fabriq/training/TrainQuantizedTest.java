// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.io.ModelFile;
import org.fabriq.io.NpzFile;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainQuantizedTest {
  @TempDir static Path folder;

  private static Path out;
  private static Path packed;
  private static String log;

  @BeforeAll
  static void trainShortly() {
    out = folder.resolve("w2.npz");
    packed = folder.resolve("packed.npz");
    log = train(out, packed, 5);
  }

  private static String train(Path out, Path packed, int seed) {
    return TrainingRun.done(
        TrainQuantized.commandLine(),
        "--epochs 1 --train-images 3000 --test-images 500 --seed %d --out %s --packed %s"
            .formatted(seed, out, packed));
  }

  @Test
  void twoBitsGetBetterThanWithoutTraining() {
    Samples test = SyntheticDigits.generate(99, 2_000);
    Mlp start = EmbeddedModel.DIGITS.load();
    Quantizer quantizer = QuantizerSpec.parse("symmetric:2,mse");
    List<QuantizedTensor> codes =
        start.layers().stream().map(layer -> quantizer.quantize(layer.weight())).toList();
    double before = Accuracy.percent(EncodedMlp.of(start, codes, Map.of()).mlp(), test);
    QuantizedNetwork trained = QuantizedNetwork.of(ModelFile.read(out));
    assertThat(Accuracy.percent(trained.network(), test)).isGreaterThan(before + 1);
    assertThat(IntegerAccuracy.percent(trained, test)).isGreaterThan(before + 1);
  }

  @Test
  void bothFilesHoldTheSameCodesAndEncodings() {
    QuantizedNetwork model = QuantizedNetwork.of(ModelFile.read(out));
    QuantizedNetwork other = QuantizedNetwork.of(EncodedMlp.read(packed));
    for (String layer : model.network().weightedLayers()) {
      QuantizedWeights codes = model.weights().get(layer);
      QuantizedWeights packedCodes = other.weights().get(layer);
      assertThat(codes.bits()).isEqualTo(2);
      assertThat(codes.pack()).isEqualTo(packedCodes.pack());
      assertThat(codes.dequantize().mismatches(packedCodes.dequantize())).isZero();
      assertThat(model.inputCodes(layer)).isEqualTo(other.inputCodes(layer));
      assertThat(model.outputCodes(layer)).isEqualTo(other.outputCodes(layer));
    }
  }

  @Test
  void progressNamesSchemesEpochsAndBothAccuracies() {
    assertThat(log.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("3,000 training images, 500 test images, seed 5"),
            line -> assertThat(line).contains("symmetric:2,mse, activations symmetric:8: fp32"),
            line -> assertThat(line).matches("epoch 1: loss \\d\\.\\d{4}, test accuracy .* %"),
            line -> assertThat(line).contains("with fp32").endsWith("with int8 activations"));
  }

  @Test
  void oneSeedGivesTheSameFileAgain() {
    Path again = folder.resolve("again.npz");
    train(again, folder.resolve("packed-again.npz"), 5);
    assertThat(again).hasSameBinaryContentAs(out);
    assertThat(folder.resolve("packed-again.npz")).hasSameBinaryContentAs(packed);
    assertThat(folder.resolve("packed-again.json")).hasSameBinaryContentAs(json(packed));
  }

  private static Path json(Path npz) {
    return npz.resolveSibling(npz.getFileName().toString().replace(".npz", ".json"));
  }

  @Test
  void weightsThatDoNotFitTheImagesAreRefused() {
    Path small = folder.resolve("small.npz");
    NpzFile.write(small, Map.of("fc1w", Float32Tensor.allocate(10, 100)));
    TrainingRun.refused(
        TrainQuantized.commandLine(),
        "--train-images 10 --test-images 10 --out %s --weights %s"
            .formatted(folder.resolve("n.npz"), small),
        "weights of 100-10 for images of 28 x 28 pixels");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scheme symmetric:16 | 16 bits",
        "--scheme codebook:2 | codebook:2",
        "--activations symmetric:1 | 1 bit",
        "--activations per-channel:8 | activations have one",
        "--activations affine:8,unsigned | 8 bits, unsigned",
        "--packed /no/such/folder/p.npz | --packed: folder /no/such/folder does not exist",
        "--packed packed.bin | --packed packed.bin does not end in .npz",
        "--held-out 60000 | --held-out 60000 is outside 0..",
        "--weights /no/such/file.npz | /no/such/file.npz",
        "--epochs 0 | epochs 0 is outside"
      })
  void wrongInputIsOneLineAndExitCodeTwo(String options, String message) {
    TrainingRun.refused(
        TrainQuantized.commandLine(),
        "--train-images 100 --test-images 10 --out %s %s"
            .formatted(folder.resolve("n.npz"), options),
        message);
  }
}
