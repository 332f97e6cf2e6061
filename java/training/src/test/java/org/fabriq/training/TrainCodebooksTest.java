// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Activation;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.CodebookTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCodebooksTest {
  @TempDir Path folder;

  @Test
  void twoBitsGetBetterThanWithoutTraining() {
    Path out = folder.resolve("k2.npz");
    Path packed = folder.resolve("packed.npz");
    TrainingRun.done(
        TrainCodebooks.commandLine(),
        "--epochs 1 --train-images 3000 --test-images 500 --out %s --packed %s"
            .formatted(out, packed));
    Samples test = SyntheticDigits.generate(99, 2_000);
    Mlp start = EmbeddedModel.DIGITS.load();
    Mlp before =
        new Mlp(
            start.layers().stream()
                .map(
                    layer ->
                        layer.withWeight(
                            new CodebookQuantizer(2).quantize(layer.weight()).dequantize()))
                .toList(),
            start.activation());
    Mlp trained = Mlp.fromNpz(out, Activation.TANH);
    assertThat(Accuracy.percent(trained, test)).isGreaterThan(Accuracy.percent(before, test) + 1);
    EncodedMlp encoded = EncodedMlp.read(packed);
    for (int i = 0; i < trained.layers().size(); i++) {
      assertThat(encoded.weights().get("fc" + (i + 1))).isInstanceOf(CodebookTensor.class);
      assertThat(encoded.weights().get("fc" + (i + 1)).bits()).isEqualTo(2);
      assertThat(
              encoded.mlp().layers().get(i).weight().mismatches(trained.layers().get(i).weight()))
          .isZero();
    }
  }

  @Test
  void otherSchemesAreRefused() {
    String options = "--out " + folder.resolve("n.npz") + " --scheme ";
    TrainingRun.refused(TrainCodebooks.commandLine(), options + "symmetric:2", "is no codebook");
    TrainingRun.refused(TrainCodebooks.commandLine(), options + "codebook:9", "9 bits");
  }
}
