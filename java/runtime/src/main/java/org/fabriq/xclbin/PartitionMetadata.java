// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The section PARTITION_METADATA: a flattened device tree, of which only the property
 * interface_uuid is of interest, a text of 32 hexadecimal digits. Sources: Devicetree Specification
 * 0.4, chapter 5; XRT's xclbinutil.
 */
final class PartitionMetadata {
  private static final int MAGIC = 0xd00dfeed;
  private static final int STRUCTURE = 8;
  private static final int STRINGS = 12;
  private static final int HEADER_BYTES = 40;
  private static final int BEGIN_NODE = 1;
  private static final int END_NODE = 2;
  private static final int PROPERTY = 3;
  private static final int NOTHING = 4;
  private static final String NAME = "interface_uuid";

  private PartitionMetadata() {}

  /** The first one, null if there is none or this is no device tree. */
  static String interfaceUuid(Region section) {
    ByteBuffer tree = ByteBuffer.wrap(section.bytes(0, section.size())).order(ByteOrder.BIG_ENDIAN);
    if (tree.capacity() < HEADER_BYTES || tree.getInt(0) != MAGIC) {
      return null;
    }
    try {
      return find(tree, tree.getInt(STRINGS), tree.getInt(STRUCTURE));
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static String find(ByteBuffer tree, int strings, int start) {
    int at = start;
    while (true) {
      int token = tree.getInt(at);
      at += Integer.BYTES;
      switch (token) {
        case BEGIN_NODE -> at = aligned(at + text(tree, at).length() + 1);
        case PROPERTY -> {
          int length = tree.getInt(at);
          String name = text(tree, strings + tree.getInt(at + Integer.BYTES));
          at += 2 * Integer.BYTES;
          if (name.equals(NAME)) {
            String uuid = text(tree, at);
            return uuid.matches("[0-9a-f]{32}") ? uuid : null;
          }
          at = aligned(Math.addExact(at, Math.max(0, length)));
        }
        case END_NODE, NOTHING -> {}
        default -> {
          return null;
        }
      }
    }
  }

  private static int aligned(int at) {
    return (at + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
  }

  private static String text(ByteBuffer tree, int start) {
    int end = start;
    while (tree.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - start];
    tree.get(start, text);
    return new String(text, US_ASCII);
  }
}
