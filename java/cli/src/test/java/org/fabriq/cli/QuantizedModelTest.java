// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.io.NpyFile;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs of a model where nothing is said of it: all that the file has codes for. */
class QuantizedModelTest {
  @TempDir private Path folder;

  private CommandRun run(String line) {
    return CommandRun.of(line.replace("F/", folder + "/").split(" "));
  }

  private String out(String line) {
    CommandRun run = run(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void allLayersWithCodesRunUnlessSomethingElseIsSaid() {
    out("quantize --out F/q.npz --images 20 --calibrate 20");
    assertThat(out("infer --weights F/q.npz --images 20"))
        .contains("placed   layers 1,2,3 on emulation, in i8i8");
    assertThat(out("infer --weights F/q.npz --images 20 --variant f32i8 --offload 1,3"))
        .contains("placed   layers 1,3 on emulation, in f32i8", "f32i8 on emulation: ");
    out("quantize --out F/one.npz --layers 1 --images 20 --calibrate 20");
    assertThat(out("compare --weights F/one.npz --images 20 --samples 1 --variants f32i8"))
        .contains("placed   layer 1 on emulation");
    assertThat(out("infer --images 20 --variant f32f32")).contains("placed   layer 2 on");
  }

  /** Weights whose activations have no encodings cannot run in i8i8. */
  @Test
  void codesOfWeightsAloneRunInF32I8() {
    Network network = ShippedModel.DIGITS.network();
    QuantizedWeights codes =
        QuantizerSpec.parseWeights("per-channel:4").quantize(network.weightedLayer("fc2").weight());
    new QuantizedNetwork(network, Map.of("fc2", codes), Map.of()).write(folder.resolve("w.npz"));
    assertThat(out("infer --weights F/w.npz --images 20"))
        .contains("placed   layer 2 on emulation, in f32i8");
    assertRefused(
        "compare --weights F/w.npz --images 20",
        "w.npz holds codes of weights without encodings of activations, so it cannot run in i8i8");
  }

  @Test
  void aModelWithoutWeightsRunsAndHasNothingElse() {
    new Network(SampleShape.image(2, 3, 3), List.of(new GlobalAveragePoolLayer("pool")))
        .write(folder.resolve("pool.npz"));
    NpyFile.write(folder.resolve("x.npy"), Float32Tensor.allocate(4, 2, 3, 3));
    String model = " --weights F/pool.npz --data F/x.npy";
    assertThat(out("infer" + model)).contains("placed   no layer on emulation", "SQNR exact");
    assertRefused("infer --offload 1" + model, "this model has no layers with weights; leave");
    assertRefused("compare" + model, "so no kernel runs; run it with 'fabriq infer'");
    assertRefused("sweep" + model, "so there is nothing to quantize; run it with 'fabriq infer'");
    assertRefused("quantize --out F/q.npz" + model, "pool.npz has no layers with weights");
  }

  private void assertRefused(String line, String reason) {
    CommandRun run = run(line);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains(reason).hasLineCount(1);
  }
}
