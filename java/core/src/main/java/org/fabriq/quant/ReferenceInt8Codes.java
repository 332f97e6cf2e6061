// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** What {@link Int8Codes} computes, by the definition of {@link Encoding}, one value at a time. */
final class ReferenceInt8Codes {
  private ReferenceInt8Codes() {}

  /** See {@link Int8Codes#quantize}. */
  static int quantize(
      FloatBuffer values, ByteBuffer codes, int from, int to, Encoding encoding, int channel) {
    for (int i = from; i < to; i++) {
      float x = values.get(i);
      if (Float.isNaN(x)) {
        return i;
      }
      codes.put(i, (byte) encoding.quantize(x, channel));
    }
    return -1;
  }

  /** See {@link Int8Codes#dequantize}. */
  static void dequantize(
      ByteBuffer codes, FloatBuffer values, int from, int to, Encoding encoding, int channel) {
    for (int i = from; i < to; i++) {
      values.put(i, encoding.dequantize(codes.get(i), channel));
    }
  }
}
