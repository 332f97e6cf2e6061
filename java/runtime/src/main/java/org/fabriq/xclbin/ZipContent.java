// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks an entry's content to nowhere. */
final class ZipContent {
  private static final int CHUNK = 1 << 16;

  private ZipContent() {}

  /** What is wrong with the content, or null. */
  static String check(ByteBuffer packed, int method, long size, long crc) {
    CRC32 found = new CRC32();
    long unpacked;
    if (method == ZipLayout.STORED) {
      unpacked = packed.remaining();
      found.update(packed);
    } else if (method == ZipLayout.DEFLATED) {
      unpacked = inflate(packed, size, found);
    } else {
      return "method " + method + ", neither stored nor deflated";
    }
    if (unpacked != size) {
      return unpacked < 0 ? "broken compression" : "another size than " + size;
    }
    return found.getValue() == crc ? null : "another CRC";
  }

  /** How much it unpacks to: -1 if broken, just over the size if longer. */
  private static long inflate(ByteBuffer packed, long size, CRC32 crc) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      byte[] chunk = new byte[CHUNK];
      while (!inflater.finished() && inflater.getBytesWritten() <= size) {
        int count = inflater.inflate(chunk);
        crc.update(chunk, 0, count);
        if (count == 0 && !inflater.finished()) {
          return -1;
        }
      }
      return inflater.getBytesWritten();
    } catch (DataFormatException e) {
      return -1;
    } finally {
      inflater.end();
    }
  }
}
