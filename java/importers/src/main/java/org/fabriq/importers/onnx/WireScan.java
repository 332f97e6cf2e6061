// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.io.FileStart;

/**
 * Walks over a protobuf file before it is parsed, and counts: parsing makes an object of each
 * field, so that a few bytes of a hostile file could take any amount of memory.
 */
final class WireScan {
  /** The most fields in all messages of a model. */
  static final int MAX_FIELDS = 1 << 20;

  /** The most messages within each other. */
  static final int MAX_DEPTH = 32;

  /** How files of all exporters begin: with the field of the IR version. */
  private static final byte FIRST_TAG = 8;

  /** Which fields of a message are messages, by field number. */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    FUNCTION,
    SPARSE,
    LEAF
  }

  private static final Map<Message, Map<Integer, Message>> PARTS =
      Map.of(
          Message.MODEL,
          Map.of(7, Message.GRAPH, 8, Message.LEAF, 14, Message.LEAF, 25, Message.FUNCTION),
          Message.GRAPH,
          Map.of(1, Message.NODE, 5, Message.LEAF, 15, Message.SPARSE),
          Message.NODE,
          Map.of(5, Message.ATTRIBUTE),
          Message.ATTRIBUTE,
          Map.of(
              5,
              Message.LEAF,
              6,
              Message.GRAPH,
              10,
              Message.LEAF,
              11,
              Message.GRAPH,
              22,
              Message.SPARSE,
              23,
              Message.SPARSE),
          Message.FUNCTION,
          Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
          Message.SPARSE,
          Map.of(1, Message.LEAF, 2, Message.LEAF),
          Message.LEAF,
          Map.of());

  private final String file;
  private final CodedInputStream in;
  private int fields;

  private WireScan(String file, byte[] bytes) {
    this.file = file;
    this.in = CodedInputStream.newInstance(bytes);
  }

  /**
   * Checks a model.
   *
   * @throws FileFormatException if it is cut short, no protobuf, or over a limit
   */
  static void check(String file, byte[] bytes) {
    WireScan scan = new WireScan(file, bytes);
    try {
      scan.message(Message.MODEL, 0);
    } catch (IOException e) {
      boolean begun = bytes.length > 0 && bytes[0] == FIRST_TAG;
      throw new FileFormatException(
          file,
          begun
              ? "an ONNX model that is damaged or cut short, at byte %,d of %,d"
                  .formatted(scan.in.getTotalBytesRead(), bytes.length)
              : "no ONNX model, but " + FileStart.of(bytes),
          "export or download it again",
          e);
    }
  }

  private void message(Message message, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw limit("messages within each other", MAX_DEPTH);
    }
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (++fields > MAX_FIELDS) {
        throw limit("fields", MAX_FIELDS);
      }
      Message part = PARTS.get(message).get(WireFormat.getTagFieldNumber(tag));
      int type = WireFormat.getTagWireType(tag);
      if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
        throw new IOException("a group of protobuf");
      }
      if (part != null && type == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int outer = in.pushLimit(in.readRawVarint32());
        message(part, depth + 1);
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  private FileFormatException limit(String what, int limit) {
    return new FileFormatException(
        file,
        "byte " + in.getTotalBytesRead(),
        "over %,d %s".formatted(limit, what),
        "at most that",
        "export a smaller model");
  }
}
