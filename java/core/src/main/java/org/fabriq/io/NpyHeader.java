// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fabriq.tensor.Tensor;
import org.openlca.npy.NpyFormatException;
import org.openlca.npy.dict.NpyHeaderDict;

/**
 * The header of an npy file, formats 1.0, 2.0 and 3.0.
 *
 * <pre>
 *  0      6       8            10 or 12
 *  | magic | major minor | length of dict | dict, padded to a multiple of 64 | data
 * </pre>
 *
 * <p>Source: numpy.lib.format, "NPY format".
 *
 * @param dtype as the header spells it, with its quotes
 * @param bytes the length of the header, where the data begins
 */
record NpyHeader(String dtype, boolean fortranOrder, int[] shape, int bytes) {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(ISO_8859_1);
  private static final int MAX_DICT = 1024;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*(\\[.*\\]|'[^']*')");
  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{10,}");

  /** Reads a header; the stream then stands at the data. */
  static NpyHeader read(InputStream in, Location where) throws IOException {
    byte[] start = in.readNBytes(8);
    checkMagic(start, where);
    int lengthBytes = start[6] == 1 ? 2 : 4;
    byte[] length = Arrays.copyOf(in.readNBytes(lengthBytes), 4);
    int dictBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (dictBytes < 0 || dictBytes > MAX_DICT) {
      throw where.error(
          "header", "a length of " + dictBytes, "at most " + MAX_DICT, "write it with numpy.save");
    }
    byte[] dict = in.readNBytes(dictBytes);
    if (dict.length < dictBytes) {
      throw where.error(
          "header", dict.length + " bytes", dictBytes + " bytes", Location.COPY_AGAIN);
    }
    return parse(new String(dict, ISO_8859_1), 8 + lengthBytes + dictBytes, where);
  }

  private static void checkMagic(byte[] start, Location where) {
    PythonFile.requireNoPickle(start, where);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw where.error("form", FileStart.of(start), "an npy array", "write it with numpy.save");
    }
    if (start[6] < 1 || start[6] > 3) {
      throw where.error("version", "" + start[6], "1, 2 or 3", "write it with numpy.save");
    }
  }

  private static NpyHeader parse(String dict, int bytes, Location where) {
    Matcher descr = DESCR.matcher(dict);
    if (!descr.find()) {
      NpyElement.ofDtype("no descr", where);
    }
    String dtype = descr.group(1);
    checkDimensions(dict, where);
    try {
      NpyHeaderDict parsed = NpyHeaderDict.parse(withFloats(dict, descr));
      PythonFile.requireNoObjects(dtype, parsed.shape(), where);
      return new NpyHeader(dtype, parsed.hasFortranOrder(), parsed.shape(), bytes);
    } catch (NpyFormatException e) {
      throw where.error("header", "another text", "a dict", "write it with numpy.save");
    }
  }

  /** The parser is to say order and shape, whatever the elements are; it knows fp32. */
  private static String withFloats(String dict, Matcher descr) {
    return dict.substring(0, descr.start(1)) + "'<f4'" + dict.substring(descr.end(1));
  }

  /** The parser keeps the low 32 bits of a dimension, so greater ones are found here. */
  private static void checkDimensions(String dict, Location where) {
    Matcher numbers = LONG_NUMBER.matcher(dict);
    while (numbers.find()) {
      if (new BigInteger(numbers.group()).bitLength() > 31) {
        throw where.error(
            "shape", numbers.group(), "dimensions up to " + Integer.MAX_VALUE, "split the array");
      }
    }
  }

  /** The elements the header declares; meaningless but positive when over 2^31. */
  long elements() {
    long elements = 1;
    for (int dimension : shape) {
      elements = elements > Integer.MAX_VALUE ? elements : elements * dimension;
    }
    return elements;
  }

  /**
   * Checks the length of what holds the array.
   *
   * @param elementBytes of one element
   * @param length the bytes of header and data
   */
  void checkLength(int elementBytes, long length, Location where) {
    if (elements() * elementBytes != length - bytes) {
      throw where.error(
          "data",
          "%,d bytes".formatted(length - bytes),
          "%,d bytes by its header".formatted(elements() * elementBytes),
          Location.COPY_AGAIN);
    }
  }

  /** Refuses Fortran order where it is not just a transposed matrix. */
  void checkOrder(Location where) {
    if (fortranOrder && shape.length > 2) {
      throw where.error(
          "fortran_order",
          "Fortran order with " + shape.length + " dimensions",
          "C order",
          "save numpy.ascontiguousarray(array)");
    }
  }

  /** The header of a tensor in C order, format 1.0, as numpy.save writes it. */
  static byte[] of(Tensor tensor) {
    String shape =
        Arrays.stream(tensor.shape()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String dict =
        "{'descr': %s, 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(NpyElement.of(tensor.type()).dtype(), shape, tensor.rank() == 1 ? "," : "");
    int bytes = (10 + dict.length() + 1 + 63) / 64 * 64;
    ByteBuffer header = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (bytes - 10));
    header.put((dict + " ".repeat(bytes - 11 - dict.length()) + "\n").getBytes(ISO_8859_1));
    return header.array();
  }
}
