// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;

/**
 * A tensor whose elements a file states. With {@link #codes} it stands for the values of its codes.
 * Immutable, if its memory is left alone.
 */
public final class Constant {
  private final ElementType type;
  private final int[] shape;
  private final ByteBuffer data;
  private final Codes codes;

  /**
   * @param data little-endian, dense, row-major; taken over
   * @param codes what integers stand for, or null for themselves
   * @throws InvalidArgumentException if the shape is over a limit, or data has another size
   */
  public Constant(ElementType type, int[] shape, ByteBuffer data, Codes codes) {
    this.type = type;
    this.shape = shape.clone();
    this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.codes = codes;
    long bytes = (long) Extent.elements(shape) * type.bytes();
    if (bytes != data.remaining()) {
      throw new ShapeException(
          "%,d bytes for %s %s, which has %,d; write the file again"
              .formatted(data.remaining(), type, Arrays.toString(shape), bytes));
    }
    if (codes != null && codes.perAxis()) {
      int scales = codes.encoding().scales().length;
      if (codes.axis() < 0 || codes.axis() >= shape.length || shape[codes.axis()] != scales) {
        throw new ShapeException(
            "%d scales along axis %d of %s; give one per index of that axis"
                .formatted(scales, codes.axis(), Arrays.toString(shape)));
      }
    }
  }

  /** Real numbers, as fp64, so that products of integers and scales are exact. */
  public static Constant ofReals(IntToDoubleFunction values, int... shape) {
    ByteBuffer data = allocate(8L * Extent.elements(shape));
    for (int i = 0; i < data.limit() / 8; i++) {
      data.putDouble(8 * i, values.applyAsDouble(i));
    }
    return new Constant(ElementType.FLOAT64, shape, data, null);
  }

  /** Integers, as int64. */
  public static Constant ofIntegers(IntToLongFunction values, int... shape) {
    ByteBuffer data = allocate(8L * Extent.elements(shape));
    for (int i = 0; i < data.limit() / 8; i++) {
      data.putLong(8 * i, values.applyAsLong(i));
    }
    return new Constant(ElementType.INT64, shape, data, null);
  }

  /** Integers of a type of one byte. */
  public static Constant ofBytes(ElementType type, IntToLongFunction values, int... shape) {
    ByteBuffer data = allocate(Extent.elements(shape));
    for (int i = 0; i < data.limit(); i++) {
      data.put(i, (byte) values.applyAsLong(i));
    }
    return new Constant(type, shape, data, null);
  }

  private static ByteBuffer allocate(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "a constant of %,d bytes, limit 2^31 - 1; export a smaller model".formatted(bytes));
    }
    return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What its elements are. */
  public ElementType type() {
    return type;
  }

  /** A copy of the dimensions. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /**
   * The length of an axis.
   *
   * @throws ShapeException if there is no such axis
   */
  public int dimension(int axis) {
    if (axis < 0 || axis >= shape.length) {
      throw new ShapeException(
          "axis %d of constant %s; give it more dimensions".formatted(axis, this));
    }
    return shape[axis];
  }

  /** The number of elements. */
  public int size() {
    return data.limit() / type.bytes();
  }

  /** What its codes stand for; null where it is not quantized. */
  public Codes codes() {
    return codes;
  }

  /**
   * What the codes of weights stand for, of which axis 0 are the outputs: with one scale, or one
   * per output.
   *
   * @throws NotTakenException if scales run along another axis
   */
  public Codes codesPerOutput() {
    if (codes.axis() != 0) {
      throw new NotTakenException(
          ("%d scales of weights %s (outputs first) run along axis %d, which is summed over: a"
                  + " scale per input cannot be taken out of a sum of products of codes")
              .formatted(codes.encoding().scales().length, this, codes.axis()),
          "quantize weights with one scale per output, or one for all");
    }
    return codes;
  }

  /** Element {@code i}, row-major, as an integer: the code of a quantized constant. */
  public long integer(int i) {
    return type.integer(data, i);
  }

  /** What element {@code i}, row-major, stands for: fl((q - Z) * S) of a code. */
  public double real(int i) {
    if (codes == null) {
      return type.real(data, i);
    }
    return codes.encoding().dequantize((int) integer(i), channel(i));
  }

  /** The index of element {@code i} along the axis of scales; 0 with one scale. */
  public int channel(int i) {
    if (codes == null || !codes.perAxis()) {
      return 0;
    }
    int run = Extent.between(shape, codes.axis() + 1, shape.length);
    return i / run % shape[codes.axis()];
  }

  /** All elements as integers. */
  public long[] integers() {
    long[] values = new long[size()];
    Arrays.setAll(values, this::integer);
    return values;
  }

  /** All elements as reals. */
  public double[] reals() {
    double[] values = new double[size()];
    Arrays.setAll(values, this::real);
    return values;
  }

  /** All elements as fp32, each real rounded to it. */
  public float[] floats() {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) real(i);
    }
    return values;
  }

  /** The same elements as codes. */
  public Constant withCodes(Codes other) {
    return new Constant(type, shape, data, other);
  }

  /**
   * The same elements under another shape.
   *
   * @throws ShapeException if the axis of scales is not there any more
   */
  public Constant reshaped(int... other) {
    if (codes == null || !codes.perAxis()) {
      return new Constant(type, other, data, codes);
    }
    int before = Extent.between(shape, 0, codes.axis());
    for (int axis = 0; axis < other.length; axis++) {
      if (Extent.between(other, 0, axis) == before && other[axis] == shape[codes.axis()]) {
        return new Constant(type, other, data, codes.withAxis(axis));
      }
    }
    throw new ShapeException(
        "codes %s with scales along axis %d as %s; that axis must stay, quantize afterwards"
            .formatted(Arrays.toString(shape), codes.axis(), Arrays.toString(other)));
  }

  /** A copy with its axes permuted: axis i of it is axis axes[i] of this. */
  public Constant transposed(int... axes) {
    int[] permuted = Extent.permuted(shape, axes);
    int[] order = Extent.transposition(shape, axes);
    Codes moved = codes;
    for (int axis = 0; codes != null && axis < axes.length; axis++) {
      moved = axes[axis] == codes.axis() ? codes.withAxis(axis) : moved;
    }
    return gathered(order, permuted, moved);
  }

  /** A copy whose element {@code i} is element order[i] of this. */
  public Constant gathered(int[] order, int[] newShape, Codes newCodes) {
    ByteBuffer copy = allocate((long) order.length * type.bytes());
    for (int i = 0; i < order.length; i++) {
      copy.put(i * type.bytes(), data, order[i] * type.bytes(), type.bytes());
    }
    return new Constant(type, newShape, copy, newCodes);
  }

  /** Type and shape, as {@code int8[16, 3, 3, 3]}. */
  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
