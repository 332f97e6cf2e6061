// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.NearestWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes over a network with convolutions, groups, batch normalization and pooling. */
class PostTrainingTest {
  private static final WeightQuantizer THREE_BITS = QuantizerSpec.parseWeights("per-channel:3");

  private ReluNetwork relu;
  private List<Float32Tensor> batches;

  @BeforeEach
  void makeNetwork() {
    relu = new ReluNetwork("post-training");
    batches = relu.batches(40, 30, 1);
  }

  private PostTraining run(WeightQuantizer quantizer) {
    return new PostTraining(relu.network, quantizer, name -> true, batches);
  }

  private double error(PostTraining run) {
    return ReluNetwork.difference(run.exact(), run.result().network(), batches);
  }

  @Test
  void startsFromTheNearestCodes() {
    PostTraining nearest = run(THREE_BITS);
    QuantizedNetwork result = nearest.result();
    Network folded = BatchNormFolding.fold(relu.network);
    Map<String, QuantizedTensor> expected = NearestWeights.quantize(folded, THREE_BITS);
    assertThat(result.weights().keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, codes) -> {
          assertThat(result.weights().get(name).pack()).isEqualTo(codes.pack());
          assertThat(layer(result.network(), name).weight().mismatches(codes.dequantize()))
              .isZero();
        });
    assertThat(layer(nearest.exact(), "conv1").bias()).isEqualTo(layer(folded, "conv1").bias());
  }

  private static WeightedLayer layer(Network network, String name) {
    return (WeightedLayer) network.layers().get(network.index(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"per-channel:3", "per-channel:3,axis=1", "per-channel:3,axis=-1"})
  void everyPassLowersTheErrorOfTheOutputs(String scheme) {
    WeightQuantizer quantizer = QuantizerSpec.parseWeights(scheme);
    PostTraining gptq = run(quantizer);
    double nearest = error(gptq);
    gptq.round(Gptq.DEFAULT);
    assertThat(error(gptq)).isLessThan(0.7 * nearest);
    PostTraining adaRound = run(quantizer);
    adaRound.round(new AdaRound(400, 1));
    assertThat(error(adaRound)).isLessThan(0.7 * nearest);
    PostTraining bias = run(quantizer);
    bias.correctBias();
    assertThat(error(bias)).isLessThan(0.95 * nearest);
  }

  @Test
  void tunedCentroidsLowerTheErrorOfTheOutputs() {
    PostTraining codebook = run(QuantizerSpec.parseWeights("codebook:2"));
    double kMeans = error(codebook);
    codebook.round(new CentroidTuning());
    assertThat(error(codebook)).isLessThan(0.98 * kMeans);
  }

  @Test
  void everyPassSaysHowFarItHasCome() {
    int layers = run(THREE_BITS).result().weights().size();
    PostTraining run = run(THREE_BITS);
    assertThat(told(progress -> run.round(new AdaRound(50, 1), progress)))
        .hasSizeGreaterThanOrEqualTo(50 * layers);
    assertThat(told(progress -> run.round(Gptq.DEFAULT, progress))).hasSizeGreaterThan(3 * layers);
    assertThat(told(run::correctBias)).hasSize(layers);
    PostTraining codebook = run(QuantizerSpec.parseWeights("codebook:2"));
    assertThat(told(progress -> codebook.round(new CentroidTuning(), progress)))
        .hasSizeGreaterThan(3 * layers);
  }

  /** The shares a pass tells; they rise to 1. */
  private static List<Double> told(Consumer<DoubleConsumer> pass) {
    List<Double> shares = new ArrayList<>();
    pass.accept(shares::add);
    assertThat(shares).isSorted();
    assertThat(shares.get(0)).isGreaterThan(0);
    assertThat(shares.get(shares.size() - 1)).isEqualTo(1);
    return shares;
  }

  @Test
  void correctedBiasesLeaveNoShift() {
    PostTraining run = run(THREE_BITS);
    run.correctBias();
    Network exact = run.exact();
    Network decoded = run.result().network();
    for (String name : run.result().weights().keySet()) {
      double[] expected = means(exact, name);
      double[] found = means(decoded, name);
      for (int c = 0; c < expected.length; c++) {
        assertThat(found[c]).as(name).isCloseTo(expected[c], within(1e-4));
      }
    }
    run(THREE_BITS)
        .result()
        .weights()
        .forEach(
            (name, codes) ->
                assertThat(run.result().weights().get(name).pack()).isEqualTo(codes.pack()));
  }

  private double[] means(Network network, String name) {
    int channels = layer(network, name).outputs();
    double[] sums = new double[channels];
    long[] count = new long[1];
    for (Float32Tensor batch : batches) {
      network.forward(
          batch,
          (index, layer, in, out) -> {
            int places = out.size() / out.dimension(0) / channels;
            for (int i = 0; layer.name().equals(name) && i < out.size(); i++) {
              sums[i / places % channels] += out.get(i);
              count[0]++;
            }
          });
    }
    for (int c = 0; c < channels; c++) {
      sums[c] /= count[0] / (double) channels;
    }
    return sums;
  }

  @Test
  void theAnalyticCorrectionFollowsItsFormula() {
    PostTraining run = run(THREE_BITS);
    QuantizedNetwork before = run.result();
    run.correctBiasFromBatchNorm();
    WeightedLayer exact = layer(run.exact(), "conv2");
    WeightedLayer quantized = layer(before.network(), "conv2");
    double[] means = ExpectedInputs.of(relu.network).ofLayer("conv2");
    float[] bias = layer(run.result().network(), "conv2").bias();
    for (int output = 0; output < 4; output++) {
      double shift = 0;
      for (int channel = 0; channel < 3; channel++) {
        for (int tap = 0; tap < 9; tap++) {
          int i = (output * 3 + channel) * 9 + tap;
          double change = (double) quantized.weight().get(i) - exact.weight().get(i);
          shift += change * means[output / 2 * 3 + channel];
        }
      }
      assertThat((double) bias[output]).isCloseTo(exact.bias()[output] - shift, within(1e-6));
    }
    assertThat(layer(run.result().network(), "fc3").bias())
        .isEqualTo(layer(run.exact(), "fc3").bias());
    Network plain = BatchNormFolding.fold(relu.network);
    PostTraining unknown = new PostTraining(plain, THREE_BITS, name -> true, batches);
    assertThatThrownBy(unknown::correctBiasFromBatchNorm)
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("batch normalization");
  }

  @Test
  void layersLeftOutStayAsTheyAre() {
    PostTraining run = new PostTraining(relu.network, THREE_BITS, "conv2"::equals, batches);
    run.equalize();
    run.round(Gptq.DEFAULT);
    run.correctBias();
    QuantizedNetwork result = run.result();
    assertThat(result.weights()).containsOnlyKeys("conv2");
    for (Layer layer : run.exact().layers()) {
      if (layer instanceof WeightedLayer weighted && !layer.name().equals("conv2")) {
        WeightedLayer found = layer(result.network(), layer.name());
        assertThat(found.weight().mismatches(weighted.weight())).isZero();
        assertThat(found.bias()).isEqualTo(weighted.bias());
      }
    }
  }

  @Test
  void flatSamplesAreTakenAsTheNetworkTakesThem() {
    List<Float32Tensor> flat =
        batches.stream()
            .map(batch -> batch.reshape(batch.dimension(0), batch.size() / batch.dimension(0)))
            .toList();
    PostTraining shaped = run(THREE_BITS);
    PostTraining same = new PostTraining(relu.network, THREE_BITS, name -> true, flat);
    for (PostTraining run : List.of(shaped, same)) {
      run.round(Gptq.DEFAULT);
      run.round(new AdaRound(20, 1));
      run.correctBias();
    }
    for (String name : shaped.exact().weightedLayers()) {
      WeightedLayer expected = shaped.result().layer(name);
      WeightedLayer found = same.result().layer(name);
      assertThat(found.weight().mismatches(expected.weight())).isZero();
      assertThat(found.bias()).isEqualTo(expected.bias());
    }
  }

  @Test
  void equalizedWeightsOfOneScaleLoseLess() {
    WeightQuantizer perTensor = QuantizerSpec.parseWeights("symmetric:4");
    PostTraining run = run(perTensor);
    double before = error(run);
    run.equalize();
    assertThat(error(run)).isLessThan(before);
  }

  @Test
  void reportsKnowTheAxisOfTheScales() {
    PostTraining run = run(QuantizerSpec.parseWeights("per-channel:fixed:3,2,axis=1"));
    PostTraining perTensor = run(QuantizerSpec.parseWeights("fixed:3,2"));
    LayerReport channels = LayerReport.of(run.exact(), run.result(), Map.of(), batches).get(2);
    LayerReport whole = LayerReport.of(run.exact(), perTensor.result(), Map.of(), batches).get(2);
    assertThat(channels.weightSqnr()).isEqualTo(whole.weightSqnr());
    assertThat(channels.saturatedWeights()).isEqualTo(whole.saturatedWeights());
    assertThat(channels.bytes()).isEqualTo(whole.bytes() + 8 * (channels.shape()[1] - 1));
  }

  @Test
  void reportsCountWhatHappened() {
    PostTraining run = run(QuantizerSpec.parseWeights("fixed:3,2"));
    List<LayerReport> reports = LayerReport.of(run.exact(), run.result(), Map.of(), batches);
    assertThat(reports)
        .extracting(LayerReport::layer)
        .containsExactly("conv1", "conv2", "fc3", "fc4");
    LayerReport fc3 = reports.get(2);
    Float32Tensor weight = layer(run.exact(), "fc3").weight();
    int outside = 0;
    for (int i = 0; i < weight.size(); i++) {
      outside += weight.get(i) < -1.125 || weight.get(i) > 0.875 ? 1 : 0;
    }
    assertThat(fc3.saturatedWeights()).isEqualTo(outside).isPositive();
    assertThat(fc3.bits()).isEqualTo(3);
    assertThat(fc3.bytes()).isEqualTo(7 * 6 + 8);
    assertThat(fc3.inputs()).isEqualTo(71 * 16);
    assertThat(fc3.saturatedInputs()).isZero();
    assertThat(fc3.weightSqnr()).isBetween(5.0, 30.0);
    LayerReport clipped =
        LayerReport.of(
                run.exact(),
                run.result(),
                Map.of("fc3", Encoding.perTensor(8, true, 1e-6f, 0)),
                batches)
            .get(2);
    assertThat(clipped.saturatedInputs()).isPositive().isLessThanOrEqualTo(71 * 16);
    PostTraining fp32 = new PostTraining(relu.network, THREE_BITS, name -> false, batches);
    LayerReport exact =
        LayerReport.of(fp32.exact(), fp32.result(), Map.of(), batches).stream()
            .findFirst()
            .orElse(null);
    assertThat(exact).isNull();
  }
}
