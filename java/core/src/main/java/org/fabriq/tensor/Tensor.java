// SPDX-License-Identifier: Apache-2.0
package org.fabriq.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.fabriq.ShapeException;

/**
 * A dense, row-major tensor over direct memory: the last index runs fastest, nothing lies between
 * rows. Rank 0 (a scalar) to {@link #MAX_RANK}, every dimension at least 1, at most 2^31 - 1 bytes
 * in all.
 *
 * <p>A tensor owns its memory, or shares that of the tensor it is a view of; either keeps it
 * reachable and the garbage collector frees it. Contents are mutable and unsynchronized: any number
 * of threads may read, a writer needs the tensor to itself. Indices out of range throw {@link
 * IndexOutOfBoundsException}.
 */
public abstract sealed class Tensor permits Float32Tensor, Int8Tensor, Int32Tensor {
  /** The most dimensions. */
  public static final int MAX_RANK = 8;

  private static final int ALIGNMENT = 64;

  private final DataType type;
  private final int[] shape;
  private final int size;
  private final ByteBuffer memory;

  Tensor(DataType type, int[] shape) {
    this(type, shape.clone(), null);
  }

  private Tensor(DataType type, int[] shape, ByteBuffer shared) {
    this.type = type;
    this.shape = shape;
    this.size = Shape.elements(type, shape);
    ByteBuffer own = shared == null ? allocateAligned(size * type.bytes()) : shared;
    this.memory = own.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The view of some rows of another tensor. */
  Tensor(Tensor whole, int from, int to) {
    this(whole.type, whole.shapeOfRows(from, to), whole.sliceRows(from, to));
  }

  /** The view of another tensor under another shape. */
  Tensor(Tensor whole, int[] shape) {
    this(whole.type, whole.checkReshape(shape), whole.memory);
  }

  /** A new tensor of zeros. Its memory starts at a multiple of 64 bytes. */
  public static Tensor allocate(DataType type, int... shape) {
    return switch (type) {
      case FLOAT32 -> Float32Tensor.allocate(shape);
      case INT8 -> Int8Tensor.allocate(shape);
      case INT32 -> Int32Tensor.allocate(shape);
    };
  }

  private static ByteBuffer allocateAligned(int bytes) {
    if (bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
      return ByteBuffer.allocateDirect(bytes);
    }
    int padded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return ByteBuffer.allocateDirect(padded + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, bytes);
  }

  /** The type of the elements. */
  public final DataType type() {
    return type;
  }

  /** A copy of the dimensions. */
  public final int[] shape() {
    return shape.clone();
  }

  /** Whether another tensor, of whatever type, has the same dimensions. */
  public final boolean hasShapeOf(Tensor other) {
    return Arrays.equals(shape, other.shape);
  }

  /** The number of dimensions. */
  public final int rank() {
    return shape.length;
  }

  /** The length of axis {@code i}. */
  public final int dimension(int i) {
    return shape[Objects.checkIndex(i, shape.length)];
  }

  /** The number of elements. */
  public final int size() {
    return size;
  }

  /** The bytes of one element. */
  public final int elementBytes() {
    return type.bytes();
  }

  /**
   * The rows of a matrix.
   *
   * @throws ShapeException if the rank is not 2
   */
  public final int rows() {
    checkMatrix();
    return shape[0];
  }

  /**
   * The columns of a matrix.
   *
   * @throws ShapeException if the rank is not 2
   */
  public final int columns() {
    checkMatrix();
    return shape[1];
  }

  /**
   * The whole memory: direct, little-endian, dense row-major, from position 0 to its limit; always
   * the same instance. Use absolute access only, so that its position stays 0 for everyone.
   */
  public final ByteBuffer memory() {
    return memory;
  }

  /**
   * A view of the rows {@code from} (included) to {@code to} (excluded) of axis 0, which shares
   * this tensor's memory: a batch without copying.
   */
  public abstract Tensor rows(int from, int to);

  /**
   * A view of all elements under another shape, which shares this tensor's memory.
   *
   * @throws ShapeException if the shape does not hold exactly as many elements
   */
  public abstract Tensor reshape(int... shape);

  /**
   * A new matrix, the transpose of this one.
   *
   * @throws ShapeException if the rank is not 2
   */
  public abstract Tensor transpose();

  /** A new tensor with the same type, shape and contents, and memory of its own. */
  public final Tensor copy() {
    Tensor copy = allocate(type, shape);
    copy.copyFrom(this);
    return copy;
  }

  /**
   * Overwrites the contents with another tensor's.
   *
   * @throws ShapeException if type or shape differ
   */
  public final void copyFrom(Tensor other) {
    checkSameShape(other);
    memory.put(0, other.memory, 0, memory.limit());
  }

  /**
   * The number of elements that differ from another tensor's. Floats are compared by their bits, so
   * -0 differs from +0, but any NaN equals any NaN.
   *
   * @throws ShapeException if type or shape differ
   */
  public final int mismatches(Tensor other) {
    checkSameShape(other);
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += bits(i) == other.bits(i) ? 0 : 1;
    }
    return count;
  }

  private void checkSameShape(Tensor other) {
    if (type != other.type || !hasShapeOf(other)) {
      throw new ShapeException(
          "%s meets %s; types and shapes must be the same".formatted(this, other));
    }
  }

  private int bits(int i) {
    return switch (type) {
      case FLOAT32 -> Float.floatToIntBits(memory.getFloat(4 * i));
      case INT8 -> memory.get(i);
      case INT32 -> memory.getInt(4 * i);
    };
  }

  /** The index into the dense memory, in elements, of a matrix's element. */
  final int index(int row, int column) {
    return Objects.checkIndex(row, rows()) * shape[1] + Objects.checkIndex(column, shape[1]);
  }

  final void copyTransposedTo(Tensor result) {
    for (int r = 0; r < shape[0]; r++) {
      for (int c = 0; c < shape[1]; c++) {
        int from = r * shape[1] + c;
        int to = c * shape[0] + r;
        if (type == DataType.INT8) {
          result.memory.put(to, memory.get(from));
        } else {
          result.memory.putInt(4 * to, memory.getInt(4 * from));
        }
      }
    }
  }

  private int[] checkReshape(int[] shape) {
    if (Shape.elements(type, shape) != size) {
      throw new ShapeException(
          "%s cannot become %s; both must hold %,d elements"
              .formatted(this, Arrays.toString(shape), size));
    }
    return shape.clone();
  }

  private int[] shapeOfRows(int from, int to) {
    if (rank() == 0) {
      throw new ShapeException("a scalar has no rows; give it a shape first");
    }
    Objects.checkFromToIndex(from, to, shape[0]);
    int[] part = shape.clone();
    part[0] = to - from;
    return part;
  }

  private ByteBuffer sliceRows(int from, int to) {
    int rowBytes = size / shape[0] * type.bytes();
    return memory.slice(from * rowBytes, (to - from) * rowBytes);
  }

  private void checkMatrix() {
    if (shape.length != 2) {
      throw new ShapeException("%s has rank %d; a matrix has rank 2".formatted(this, shape.length));
    }
  }

  /** Type and shape, as {@code FLOAT32[64, 128]}. */
  @Override
  public final String toString() {
    return type + Arrays.toString(shape);
  }
}
