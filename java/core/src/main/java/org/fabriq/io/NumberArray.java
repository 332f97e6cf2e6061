// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fabriq.FileFormatException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Holds an array of numbers of any type, as numpy writes it, with at least one axis: rows of
 * samples, labels or targets. {@link NpyFile} reads the types that tensors have; here are also
 * bool, uint8, int16, uint16, uint32 and int64. Immutable.
 */
public final class NumberArray {
  private final Location where;
  private final NpyNumber type;
  private final int[] shape;
  private final int rowsInFile;
  private final ByteBuffer data;

  private NumberArray(
      Location where, NpyNumber type, int[] shape, int rowsInFile, ByteBuffer data) {
    this.where = where;
    this.type = type;
    this.shape = shape;
    this.rowsInFile = rowsInFile;
    this.data = data;
  }

  /**
   * Reads the first rows of an npy file, with memory for no more than those.
   *
   * @param most rows, at least 1
   * @throws FileFormatException if it is no npy of numbers, holds nothing, or is cut short
   */
  public static NumberArray read(Path file, int most) {
    Location where = Location.ofFile(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, Files.size(file), most, where);
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  static NumberArray read(InputStream in, long length, int most, Location where)
      throws IOException {
    NpyHeader header = NpyHeader.read(in, where);
    NpyNumber type = NpyNumber.ofDtype(header.dtype(), where);
    header.checkLength(type.bytes(), length, where);
    header.checkOrder(where);
    int[] shape = header.shape().length == 0 ? new int[] {1} : header.shape().clone();
    if (header.elements() < 1) {
      String found = Arrays.toString(shape);
      throw where.error("shape", found, "at least one element", "save the array that was meant");
    }
    boolean swap = header.fortranOrder() && shape.length == 2;
    int rowsInFile = shape[0];
    long rowBytes = header.elements() / rowsInFile * type.bytes();
    shape[0] = Math.min(most, rowsInFile);
    long wanted = swap ? header.elements() * type.bytes() : shape[0] * rowBytes;
    if (wanted > Integer.MAX_VALUE - 8) {
      String found = "%,d bytes".formatted(wanted);
      throw where.error("size", found, "less than 2 GiB", "split the array, or use fewer samples");
    }
    byte[] bytes = in.readNBytes((int) wanted);
    if (bytes.length < wanted) {
      String found = "%,d bytes".formatted(bytes.length);
      throw where.error("data", found, "%,d bytes".formatted(wanted), Location.COPY_AGAIN);
    }
    if (swap) {
      bytes = transposed(bytes, type.bytes(), shape[0], rowsInFile, shape[1]);
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new NumberArray(where, type, shape, rowsInFile, data);
  }

  /** Takes the first rows of a matrix that stands column by column. */
  private static byte[] transposed(byte[] from, int element, int rows, int stride, int columns) {
    byte[] to = new byte[rows * columns * element];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        System.arraycopy(
            from,
            (column * stride + row) * element,
            to,
            (row * columns + column) * element,
            element);
      }
    }
    return to;
  }

  /** Copies the dimensions; axis 0 is the rows that were read. */
  public int[] shape() {
    return shape.clone();
  }

  /** Counts the rows that were read. */
  public int rows() {
    return shape[0];
  }

  /** Counts the rows that the file has. */
  public int rowsInFile() {
    return rowsInFile;
  }

  /** The numpy word of the type, as {@code uint8}. */
  public String type() {
    return type.word();
  }

  /** Tells whether elements are bytes, as pixels are. */
  public boolean isBytes() {
    return type == NpyNumber.UINT8;
  }

  /** Tells whether elements are whole numbers by their type. */
  public boolean isWhole() {
    return type.whole();
  }

  /** The bytes of an array that {@link #isBytes()}, row-major; not to be changed. */
  public byte[] bytes() {
    return data.array();
  }

  /**
   * Gives the elements as fp32, rounded half to even.
   *
   * @throws FileFormatException that names an element that is NaN, infinite or over fp32
   */
  public Float32Tensor floats() {
    Float32Tensor floats = Float32Tensor.allocate(shape);
    for (int i = 0; i < floats.size(); i++) {
      float value = (float) type.get(data, i);
      if (!Float.isFinite(value)) {
        throw wrong(i, "" + type.get(data, i), "a finite fp32 value", "mend or leave out the row");
      }
      floats.set(i, value);
    }
    return floats;
  }

  /**
   * The elements of an array that {@link #isWhole()} as classes.
   *
   * @throws FileFormatException that names one that is negative or over 2^31 - 1
   */
  public int[] classes() {
    int[] classes = new int[data.capacity() / type.bytes()];
    for (int i = 0; i < classes.length; i++) {
      long value = type.whole(data, i);
      if (value < 0 || value > Integer.MAX_VALUE) {
        throw wrong(i, "" + value, "a class from 0 on", "number the classes from 0 on");
      }
      classes[i] = (int) value;
    }
    return classes;
  }

  private FileFormatException wrong(int i, String found, String expected, String remedy) {
    int row = i / (data.capacity() / type.bytes() / rows());
    return where.error("row %d (from 0)".formatted(row), found, expected, remedy);
  }
}
