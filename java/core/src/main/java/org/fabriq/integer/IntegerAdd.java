// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.List;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.AddLayer;
import org.fabriq.model.LayerSink;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The sum of two tensors of codes, with one rounding:
 *
 * <pre>
 *  qC = clamp(halfEven(((qL - zL) * left + (qR - zR) * right) / 2^shift) + zC, least, greatest)
 * </pre>
 *
 * With the rounding of TensorFlow Lite the sum is that of {@link TfliteAddScaling}.
 *
 * @param left what the codes of the first input stand for
 * @param right what those of the second stand for
 * @param least the least code of C, within those of the output; a ReLU is a clamp from zC on
 * @param greatest the greatest code of C
 */
public record IntegerAdd(
    String name,
    Encoding left,
    Encoding right,
    AddRounding scaling,
    Encoding output,
    int least,
    int greatest)
    implements IntegerLayer {
  /**
   * @throws InvalidArgumentException if an encoding is per channel or its codes are not within
   *     int8, or the clamp is not within those of the output
   */
  public IntegerAdd {
    TensorCodes.check("first input of " + name, left);
    TensorCodes.check("second input of " + name, right);
    TensorCodes.check("output of " + name, output);
    TensorCodes.checkClamp(name, least, greatest, output);
  }

  /** Reads the file form. */
  static IntegerAdd read(IntegerLayerSource source) {
    int[] clamp = source.layer().integers("clamp", 2);
    return new IntegerAdd(
        source.layer().name(),
        source.codes(0),
        source.codes(1),
        scaling(source),
        source.output(),
        clamp[0],
        clamp[1]);
  }

  private static AddRounding scaling(IntegerLayerSource source) {
    if (WeightsJson.isTflite(source.layer())) {
      float output = source.output().scale(0);
      return TfliteAddScaling.of(source.codes(0).scale(0), source.codes(1).scale(0), output);
    }
    int[] factors = source.layer().integers("factors", 2);
    return new AddScaling(factors[0], factors[1], source.layer().integer("shift"));
  }

  /** The same layer with the rounding of TensorFlow Lite. */
  public IntegerAdd withTfliteRounding() {
    return new IntegerAdd(
        name,
        left,
        right,
        TfliteAddScaling.of(left.scale(0), right.scale(0), output.scale(0)),
        output,
        least,
        greatest);
  }

  @Override
  public void describe(LayerSink sink) {
    if (scaling instanceof AddScaling factors) {
      sink.put("factors", new int[] {factors.left(), factors.right()});
      sink.put("shift", factors.shift());
    } else {
      sink.put("rounding", WeightsJson.TFLITE);
    }
    sink.put("output", EncodingJson.json(output));
    sink.put("clamp", new int[] {least, greatest});
  }

  @Override
  public int inputCount() {
    return 2;
  }

  @Override
  public List<Encoding> inputCodes() {
    return List.of(left, right);
  }

  @Override
  public Optional<Encoding> outputCodes() {
    return Optional.of(output);
  }

  @Override
  public SampleShape outputShape(List<SampleShape> inputs) {
    return new AddLayer(name).output(inputs);
  }

  /** The code of the sum of two codes. */
  public byte sum(byte first, byte second) {
    long exact = scaling.apply(first - left.zeroPoint(0), second - right.zeroPoint(0));
    return (byte) Math.max(least, Math.min(greatest, exact + output.zeroPoint(0)));
  }

  @Override
  public Tensor reference(List<Int8Tensor> inputs) {
    Int8Tensor out = Int8Tensor.allocate(inputs.get(0).shape());
    for (int i = 0; i < out.size(); i++) {
      out.set(i, sum(inputs.get(0).get(i), inputs.get(1).get(i)));
    }
    return out;
  }
}
