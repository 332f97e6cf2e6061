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
 * @param bytes the length of the header, where the data begins
 */
record NpyHeader(NpyElement element, boolean fortranOrder, int[] shape, int bytes) {
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
    if (start.length > 0 && (start[0] & 0xff) == Pickle.FIRST_BYTE) {
      throw where.error("byte 0", "a Python pickle (0x80)", "npy magic", Pickle.REMEDY);
    }
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw where.error(
          "magic", Arrays.toString(start), "\\x93NUMPY and a version", "write it with numpy.save");
    }
    if (start[6] < 1 || start[6] > 3) {
      throw where.error("version", "" + start[6], "1, 2 or 3", "write it with numpy.save");
    }
  }

  private static NpyHeader parse(String dict, int bytes, Location where) {
    Matcher descr = DESCR.matcher(dict);
    String dtype = descr.find() ? descr.group(1) : "no descr";
    NpyElement element = NpyElement.ofDtype(dtype, where);
    checkDimensions(dict, where);
    try {
      NpyHeaderDict parsed = NpyHeaderDict.parse(dict);
      return new NpyHeader(element, parsed.hasFortranOrder(), parsed.shape(), bytes);
    } catch (NpyFormatException e) {
      throw where.error("header", e.getMessage(), "a dict", "write it with numpy.save");
    }
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

  /** Bytes of data the header declares; meaningless but positive when over 2^31. */
  long dataBytes() {
    long elements = 1;
    for (int dimension : shape) {
      elements = elements > Integer.MAX_VALUE ? elements : elements * dimension;
    }
    return elements * element.bytes();
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
