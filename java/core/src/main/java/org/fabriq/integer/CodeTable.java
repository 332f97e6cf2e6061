// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.fabriq.ShapeException;
import org.fabriq.model.LayerSink;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A function of a code, as a table of 256: no floating point when it runs. The entry of q is
 * clamp(halfEven(f((q - zA) * S_A) / S_C) + zC, qmin, qmax), where (q - zA) * S_A is exact in
 * double, f is evaluated in double by {@link StrictMath}, so that tables are the same on every
 * machine, and the quotient is rounded once to double; for a power of two as S_C it is exact.
 *
 * @param table the code for q at index q + 128; copied
 */
public record CodeTable(String name, byte[] table, Encoding input, Encoding output)
    implements UnaryIntegerLayer {
  /** What tanh gives: S = 1/128, Z = 0. */
  public static final Encoding TANH_CODES = Encoding.perTensor(8, true, 0x1p-7f, 0);

  /** What sigmoid gives: S = 1/256, Z = -128. */
  public static final Encoding SIGMOID_CODES = Encoding.perTensor(8, true, 0x1p-8f, -128);

  /**
   * @throws ShapeException if there are not 256 entries
   * @throws org.fabriq.InvalidArgumentException if an encoding is per channel, or its codes are not
   *     within int8
   */
  public CodeTable {
    if (table.length != 256) {
      throw new ShapeException(
          "layer %s: %d entries; a table has 256, from the code -128 on"
              .formatted(name, table.length));
    }
    TensorCodes.check("input of " + name, input);
    TensorCodes.check("output of " + name, output);
    table = table.clone();
  }

  /** The table of a function. */
  public static CodeTable of(
      String name, Encoding input, Encoding output, DoubleUnaryOperator function) {
    byte[] table = new byte[256];
    for (int q = -128; q <= 127; q++) {
      double x = (double) (q - input.zeroPoint(0)) * input.scale(0);
      double y = function.applyAsDouble(x) / output.scale(0);
      double code = Math.rint(y) + output.zeroPoint(0);
      table[q + 128] = (byte) Math.max(output.qmin(), Math.min(output.qmax(), code));
    }
    return new CodeTable(name, table, input, output);
  }

  /** tanh, as {@link #TANH_CODES}. */
  public static CodeTable tanh(String name, Encoding input) {
    return of(name, input, TANH_CODES, StrictMath::tanh);
  }

  /** 1 / (1 + exp(-x)), as {@link #SIGMOID_CODES}. */
  public static CodeTable sigmoid(String name, Encoding input) {
    return of(name, input, SIGMOID_CODES, x -> 1 / (1 + StrictMath.exp(-x)));
  }

  /** A copy. */
  @Override
  public byte[] table() {
    return table.clone();
  }

  /** The code for q. */
  public byte apply(byte q) {
    return table[q + 128];
  }

  /** Reads the file form. */
  static CodeTable read(IntegerLayerSource source) {
    byte[] table = source.layer().array("table", Int8Tensor.class).toArray();
    return new CodeTable(source.layer().name(), table, source.codes(0), source.output());
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("output", EncodingJson.json(output));
    sink.array("table", Int8Tensor.of(table, 256));
  }

  @Override
  public Optional<Encoding> outputCodes() {
    return Optional.of(output);
  }

  @Override
  public SampleShape outputShape(SampleShape shape) {
    return shape;
  }

  @Override
  public Tensor reference(Int8Tensor x) {
    Int8Tensor out = Int8Tensor.allocate(x.shape());
    for (int i = 0; i < x.size(); i++) {
      out.set(i, apply(x.get(i)));
    }
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeTable that
        && name.equals(that.name)
        && Arrays.equals(table, that.table)
        && input.equals(that.input)
        && output.equals(that.output);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(table);
  }
}
