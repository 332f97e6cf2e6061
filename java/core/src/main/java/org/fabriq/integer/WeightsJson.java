// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.LayerSink;
import org.fabriq.model.LayerSource;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PackedCodes;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * The file form of {@link IntegerWeights}: members {@code shape}, {@code weight} and, where they
 * give int8, {@code output} and {@code clamp}; arrays LAYER.codes, .scale, .zero, .bias and
 * .multiplier, or the member {@code rounding} in place of the last one. {@link
 * IntegerNetworkWriter} describes them.
 */
final class WeightsJson {
  /** The rounding whose multipliers follow from the scales. */
  static final String TFLITE = "tflite";

  private WeightsJson() {}

  static void write(LayerSink sink, IntegerWeights weights) {
    QuantizedTensor weight = weights.weight();
    Encoding encoding = weight.encoding();
    int[] bias = weights.bias();
    sink.put("shape", weight.codes().shape());
    sink.put("weight", EncodingJson.format(encoding));
    sink.array("codes", weight.pack().bytes());
    sink.array("scale", encoding.scales());
    sink.array("zero", Int32Tensor.of(encoding.zeroPoints(), encoding.scales().length));
    sink.array("bias", Int32Tensor.of(bias, bias.length));
    if (weights.tflite().isPresent()) {
      TfliteOutput tflite = weights.tflite().get();
      sink.put("output", EncodingJson.json(weights.output().orElseThrow()));
      sink.put("clamp", new int[] {tflite.qmin(), tflite.qmax()});
      sink.put("rounding", TFLITE);
    }
    if (weights.int8().isPresent()) {
      Int8Output int8 = weights.int8().get();
      sink.put("output", EncodingJson.json(weights.output().orElseThrow()));
      sink.put("clamp", new int[] {int8.qmin(), int8.qmax()});
      Float32Tensor multipliers = Float32Tensor.allocate(bias.length);
      for (int n = 0; n < bias.length; n++) {
        multipliers.set(n, int8.multipliers().get(n).multiplier());
      }
      sink.array("multiplier", multipliers);
    }
  }

  static IntegerWeights read(IntegerLayerSource source) {
    LayerSource layer = source.layer();
    layer.json().object("weight").checkNames("bits", "signed", "narrow");
    float[] scales = layer.values("scale");
    int[] zeros = layer.array("zero", Int32Tensor.class).toArray();
    Encoding encoding = EncodingJson.encoding(layer.json(), "weight", scales, zeros);
    Int8Tensor packed = layer.array("codes", Int8Tensor.class);
    Int8Tensor codes =
        PackedCodes.of(packed, encoding.bits(), encoding.signed(), layer.integers("shape", 0))
            .unpack();
    QuantizedTensor weight = new QuantizedTensor(codes, encoding);
    int[] bias = layer.array("bias", Int32Tensor.class).toArray();
    if (!layer.has("output")) {
      return IntegerWeights.raw(weight, bias, source.codes(0));
    }
    Encoding output = source.output();
    int[] clamp = layer.integers("clamp", 2);
    if (isTflite(layer)) {
      return IntegerWeights.tflite(weight, bias, source.codes(0), output, clamp[0], clamp[1]);
    }
    List<Requantization> multipliers = new ArrayList<>();
    for (float multiplier : layer.values("multiplier")) {
      multipliers.add(Requantization.of(multiplier));
    }
    Int8Output int8 = new Int8Output(multipliers, output.zeroPoint(0), clamp[0], clamp[1]);
    return IntegerWeights.requantized(weight, bias, source.codes(0), int8, output);
  }

  /** Whether a layer rounds as TensorFlow Lite does. */
  static boolean isTflite(LayerSource layer) {
    if (!layer.has("rounding")) {
      return false;
    }
    if (!layer.json().text("rounding").equals(TFLITE)) {
      throw layer.wrong("rounding", "\"%s\", or no such member".formatted(TFLITE));
    }
    return true;
  }
}
