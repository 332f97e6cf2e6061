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
 * @param left what the codes of the first input stand for
 * @param right what those of the second stand for
 * @param least the least code of C, within those of the output; a ReLU is a clamp from zC on
 * @param greatest the greatest code of C
 */
public record IntegerAdd(
    String name,
    Encoding left,
    Encoding right,
    AddScaling scaling,
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
    int[] factors = source.layer().integers("factors", 2);
    int[] clamp = source.layer().integers("clamp", 2);
    return new IntegerAdd(
        source.layer().name(),
        source.codes(0),
        source.codes(1),
        new AddScaling(factors[0], factors[1], source.layer().integer("shift")),
        source.output(),
        clamp[0],
        clamp[1]);
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("factors", new int[] {scaling.left(), scaling.right()});
    sink.put("shift", scaling.shift());
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
