// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.CodeWidth;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Int8Tensor;

/**
 * The weights of a layer in integers. With q codes and Z zero points,
 *
 * <pre>
 *  acc[n] = sum of (qA - zA) * (qW[n] - zW[n]) + bias[n]               int32, exact
 *  qC[n]  = clamp(halfEven(acc[n] * M[n]) + zC, least, greatest)       or acc[n] itself
 * </pre>
 *
 * where acc stands for acc * S_A * S_W[n]. A ReLU is a clamp from zC on.
 *
 * <p>Source: M. Nagel et al., "A White Paper on Neural Network Quantization", 2021, section 2.3.
 */
public final class IntegerWeights {
  private final QuantizedTensor weight;
  private final int[] bias;
  private final Encoding input;
  private final Int8Output int8;
  private final TfliteOutput tflite;
  private final Encoding output;

  private IntegerWeights(
      QuantizedTensor weight,
      int[] bias,
      Encoding input,
      Int8Output int8,
      TfliteOutput tflite,
      Encoding output) {
    this.weight = weight;
    this.bias = bias;
    this.input = input;
    this.int8 = int8;
    this.tflite = tflite;
    this.output = output;
    weight.matrix();
    TensorCodes.check("input", input);
    if (output != null) {
      TensorCodes.check("output", output);
    }
    if (bias.length != outputs()) {
      throw new ShapeException(
          "%d biases for weights %s; give one per output (axis 0)"
              .formatted(bias.length, weight.codes()));
    }
    forKernel(0, outputs(), null);
  }

  /**
   * Weights that give int32.
   *
   * @param weight codes of which axis 0 are the outputs, per tensor or per output; taken over
   * @param bias one per output, in units of the accumulator
   * @param input what the codes of A stand for
   * @throws InvalidArgumentException if an encoding is out of its range or has scales along another
   *     axis, or an accumulator could leave int32
   */
  public static IntegerWeights raw(QuantizedTensor weight, int[] bias, Encoding input) {
    return new IntegerWeights(weight, bias.clone(), input, null, null, null);
  }

  /**
   * Weights that give int8.
   *
   * @param int8 the multipliers, one per output, and the clamp; its zero point is that of output
   * @param output what the codes of C stand for; parameters otherwise as of {@link #raw}
   */
  public static IntegerWeights requantized(
      QuantizedTensor weight, int[] bias, Encoding input, Int8Output int8, Encoding output) {
    if (int8.zeroPoint() != output.zeroPoint(0)) {
      throw new InvalidArgumentException(
          "zero point %d of the requantization, %d of %s; they must be equal"
              .formatted(int8.zeroPoint(), output.zeroPoint(0), output));
    }
    int multipliers = int8.multipliers().size();
    if (multipliers != weight.codes().dimension(0)) {
      throw new ShapeException(
          "%d multipliers for weights %s; give one per output (axis 0)"
              .formatted(multipliers, weight.codes()));
    }
    return new IntegerWeights(weight, bias.clone(), input, int8, null, output);
  }

  /**
   * Weights that give int8, with the multipliers of {@link OutputScales#CALIBRATED}.
   *
   * @param least the least code of C
   * @param greatest the greatest code of C; parameters otherwise as of {@link #requantized}
   */
  public static IntegerWeights requantized(
      QuantizedTensor weight,
      int[] bias,
      Encoding input,
      Encoding output,
      int least,
      int greatest) {
    Requantization[] multipliers = new Requantization[weight.codes().dimension(0)];
    Encoding weightCodes = weight.matrix().encoding();
    for (int n = 0; n < multipliers.length; n++) {
      float weightScale = weightCodes.scale(n);
      multipliers[n] = OutputScales.CALIBRATED.multiplier(input.scale(0), weightScale, output);
    }
    Int8Output int8 = new Int8Output(List.of(multipliers), output.zeroPoint(0), least, greatest);
    return requantized(weight, bias, input, int8, output);
  }

  /**
   * Weights that give int8 with the rounding of TensorFlow Lite: devices compute the accumulators,
   * the host makes int8 of them. Weights of rank 2 are those of a dense layer.
   *
   * @param least the least code of C
   * @param greatest the greatest code of C; parameters otherwise as of {@link #raw}
   */
  public static IntegerWeights tflite(
      QuantizedTensor weight,
      int[] bias,
      Encoding input,
      Encoding output,
      int least,
      int greatest) {
    TensorCodes.checkClamp("of TensorFlow Lite", least, greatest, output);
    Int8Tensor codes = weight.codes();
    TfliteOutput tflite =
        TfliteOutput.of(
            input,
            weight.matrix().encoding(),
            codes.dimension(0),
            codes.rank() == 2,
            output,
            least,
            greatest);
    return new IntegerWeights(weight, bias.clone(), input, null, tflite, output);
  }

  /** The same weights with the rounding of TensorFlow Lite; themselves if they give int32. */
  public IntegerWeights withTfliteRounding() {
    return int8 == null ? this : tflite(weight, bias, input, output, int8.qmin(), int8.qmax());
  }

  /**
   * halfEven(bias / (S_A * S_W[n])) per output, in double.
   *
   * @param bias finite, one per output; null for zeros
   * @throws InvalidArgumentException if one is not finite or leaves int32
   */
  public static int[] biasCodes(QuantizedTensor weight, float[] bias, Encoding input) {
    int outputs = weight.codes().dimension(0);
    WeightsI8I8 kernel = WeightsI8I8.rawOfLayer(weight.matrix(), input, bias);
    int[] codes = new int[outputs];
    Arrays.setAll(codes, kernel::bias);
    return codes;
  }

  /** The codes of the weights, axis 0 the outputs. */
  public QuantizedTensor weight() {
    return weight;
  }

  /** A copy of the bias, one per output, in units of the accumulator. */
  public int[] bias() {
    return bias.clone();
  }

  /** What the codes of A stand for. */
  public Encoding input() {
    return input;
  }

  /** How kernels make int8 of the accumulators; empty for int32, and where the host does. */
  public Optional<Int8Output> int8() {
    return Optional.ofNullable(int8);
  }

  /** How the host makes int8 of them as TensorFlow Lite does; empty for all others. */
  public Optional<TfliteOutput> tflite() {
    return Optional.ofNullable(tflite);
  }

  /** What the codes of C stand for; empty for int32. */
  public Optional<Encoding> output() {
    return Optional.ofNullable(output);
  }

  /** The number of outputs. */
  public int outputs() {
    return weight.codes().dimension(0);
  }

  /** The weights that each output multiplies by. */
  public int inputs() {
    return weight.codes().size() / outputs();
  }

  /** What one unit of an output's accumulator stands for: S_A * S_W, exact. */
  public double accumulatorScale(int output) {
    return (double) input.scale(0) * weight.encoding().scale(output);
  }

  /** A weight less its zero point. */
  int weight(int output, int i) {
    return weight.codes().get(output * inputs() + i) - weight.encoding().zeroPoint(output);
  }

  /** What becomes of an accumulator that has its bias. */
  public int finish(int output, long acc) {
    int exact = Math.toIntExact(acc);
    if (tflite != null) {
      return tflite.code(output, exact);
    }
    if (int8 == null) {
      return exact;
    }
    return int8.multipliers().get(output).apply(exact, int8.zeroPoint(), int8.qmin(), int8.qmax());
  }

  int bias(int output) {
    return bias[output];
  }

  /**
   * What the kernel gets for some of the outputs, in the least width that holds the codes; it gives
   * accumulators where the host makes int8 of them.
   *
   * @param order for each row k of B, the index of the input it multiplies; null for 0, 1, 2, ...
   */
  public WeightsI8I8 forKernel(int firstOutput, int count, int[] order) {
    Int8Tensor b = Int8Tensor.allocate(inputs(), count);
    int[] zeroB = new int[count];
    for (int n = 0; n < count; n++) {
      int row = (firstOutput + n) * inputs();
      for (int k = 0; k < inputs(); k++) {
        b.set(k, n, weight.codes().get(row + (order == null ? k : order[k])));
      }
      zeroB[n] = weight.encoding().zeroPoint(firstOutput + n);
    }
    int[] part = Arrays.copyOfRange(bias, firstOutput, firstOutput + count);
    CodeWidth width = CodeWidth.of(weight.encoding());
    if (int8 == null) {
      return WeightsI8I8.raw(b, width, input.zeroPoint(0), zeroB, part);
    }
    List<Requantization> multipliers = int8.multipliers().subList(firstOutput, firstOutput + count);
    return WeightsI8I8.requantized(
        b,
        width,
        input.zeroPoint(0),
        zeroB,
        part,
        new Int8Output(multipliers, int8.zeroPoint(), int8.qmin(), int8.qmax()));
  }
}
