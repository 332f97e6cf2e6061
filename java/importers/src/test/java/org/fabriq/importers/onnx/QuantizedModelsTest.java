// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.importing.ImportedModel;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.ModelFolder;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Quantized public models give the codes of ONNX Runtime, which rounds to fp32 between: each layer,
 * given what ONNX Runtime's gives before it, is never more than 1 off, and 99.9 % of its codes are
 * equal (99 % of average pooling, whose means are often ties). A code that differs changes others
 * behind it; {@code end} says how many of the outputs must still be equal. Inputs are random over
 * the range of the input's codes; {@code -Dfabriq.models.samples=1000} runs as many of each.
 */
@Tag("long")
class QuantizedModelsTest {
  private static final double LAYER = 0.999;

  /** Ties of pools go either way in ONNX Runtime, and factors of sums have 17 bits here. */
  private static final double POOL_OR_SUM = 0.99;

  @ParameterizedTest
  @CsvSource({
    "mlperf-tiny/ad_deep_autoencoder.onnx, 50, 0.998",
    "mlperf-tiny/ic_resnet8.onnx, 10, 0.75",
    "mlperf-tiny/kws_dscnn.onnx, 30, 0.95",
    "mlperf-tiny/vww_mobilenetv1_025.onnx, 10, 0.75",
    "kws-forms/micro_kws_m_qdq.onnx, 30, 0.75",
    "kws-forms/micro_kws_m_static_qoperator.onnx, 30, 0.99",
    "kws-forms/micro_kws_m_qoperator_add_shape.onnx, 30, 0.99"
  })
  void codesAreThoseOfOnnxRuntime(String name, int samples, double end) {
    Path path = ModelFolder.file(name);
    OnnxFile file = OnnxFile.read(path);
    ImportedModel imported = new OnnxImporter().read(path);
    IntegerNetwork network = imported.integers().orElseThrow();
    Map<String, String> tensors = QuantizedTensors.of(file.model().getGraph(), imported.layers());
    SplittableRandom random = Seed.random(name);
    long[] shape = FloatModelsTest.inputShape(file.model());
    Comparison comparison = new Comparison(network, List.copyOf(tensors.keySet()));
    List<String> names = List.copyOf(tensors.values());
    try (RuntimeModel runtime = RuntimeModel.giving(file.model(), names);
        RuntimeModel optimized =
            RuntimeModel.optimized(file.model(), names.get(names.size() - 1))) {
      for (int i = 0; i < Integer.getInteger("fabriq.models.samples", samples); i++) {
        float[] values = values(network, random);
        Float32Tensor x = FloatModelsTest.channelsFirst(values, shape, network.input());
        comparison.add(
            network.quantize(x), runtime.runAll(values, shape), optimized.run(values, shape));
      }
    }
    System.out.printf(
        "%s: layers %s; end %s; end, optimized %s; of ONNX Runtime and itself optimized %s%n",
        name, comparison.all, comparison.end, comparison.optimized, comparison.itself);
    assertThat(comparison.layers).hasSize(tensors.size());
    comparison.layers.forEach(
        (layer, agreement) -> {
          IntegerLayer own = network.graph().layer(network.graph().index(layer));
          boolean near = own instanceof IntegerAveragePool || own instanceof IntegerAdd;
          assertThat(agreement.greatest()).as(layer).isLessThanOrEqualTo(1);
          assertThat(agreement.equal())
              .as(layer)
              .isGreaterThanOrEqualTo(near ? POOL_OR_SUM : LAYER);
        });
    assertThat(comparison.all.equal()).isGreaterThanOrEqualTo(LAYER);
    assertThat(comparison.end.greatest()).isLessThanOrEqualTo(4);
    assertThat(comparison.end.equal()).isGreaterThanOrEqualTo(end);
  }

  private static float[] values(IntegerNetwork network, SplittableRandom random) {
    Encoding codes = network.inputCodes();
    float least = codes.dequantize(codes.qmin(), 0);
    float greatest = codes.dequantize(codes.qmax(), 0);
    float[] values = new float[network.input().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(least, greatest);
    }
    return values;
  }

  /** Counts codes that differ, layer by layer and at the end. */
  private static final class Comparison {
    private final IntegerNetwork network;
    private final List<String> named;
    private final Map<String, Agreement> layers = new LinkedHashMap<>();
    private final Agreement all = new Agreement();
    private final Agreement end = new Agreement();
    private final Agreement optimized = new Agreement();
    private final Agreement itself = new Agreement();

    Comparison(IntegerNetwork network, List<String> named) {
      this.network = network;
      this.named = named;
    }

    void add(Int8Tensor input, List<double[]> expected, double[] fast) {
      Int8Tensor[] given = new Int8Tensor[network.layers().size()];
      Int8Tensor[] own = new Int8Tensor[given.length];
      for (int i = 0; i < given.length; i++) {
        Int8Tensor alone = layer(i, input, own);
        Int8Tensor next = layer(i, input, given);
        own[i] = alone;
        given[i] = next;
        String name = network.graph().layer(i).name();
        int at = named.indexOf(name);
        boolean last = i == given.length - 1;
        for (int k = 0; at >= 0 && k < next.size(); k++) {
          double code = expected.get(at)[k];
          layers.computeIfAbsent(name, any -> new Agreement()).add(code, next.get(k));
          all.add(code, next.get(k));
          if (last) {
            end.add(code, alone.get(k));
            optimized.add(fast[k], alone.get(k));
            itself.add(fast[k], code);
          }
        }
        if (at >= 0) {
          given[i] = codes(expected.get(at), next.shape());
        }
      }
    }

    private Int8Tensor layer(int i, Int8Tensor input, Int8Tensor[] before) {
      List<Int8Tensor> taken = new ArrayList<>();
      for (int from : network.graph().inputs(i)) {
        taken.add(from < 0 ? network.samples(input) : before[from]);
      }
      return (Int8Tensor) network.graph().layer(i).reference(taken);
    }

    private static Int8Tensor codes(double[] values, int[] shape) {
      Int8Tensor codes = Int8Tensor.allocate(shape);
      for (int i = 0; i < values.length; i++) {
        codes.set(i, (byte) values[i]);
      }
      return codes;
    }
  }
}
