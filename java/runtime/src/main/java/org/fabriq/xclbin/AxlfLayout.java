// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

/**
 * Offsets of the container, little-endian. Source: xclbin.h of XRT, struct axlf.
 *
 * <pre>
 *    0          8                12          40           296        304
 *    | xclbin2\0 | signature length | 28 x FF | key block   | unique id |
 *  304      312         320        328    332    334      336       352
 *    | length | time stamp | ROM time | version | mode | actions | interface uuid |
 *  352            416     432         448        452     456
 *    | VBNV[64]     | uuid  | debug[16] | sections | padding |
 *  456 + 40 i
 *    | kind u32 | name[16] | padding u32 | offset u64 | size u64 |
 * </pre>
 */
final class AxlfLayout {
  static final byte[] MAGIC = {'x', 'c', 'l', 'b', 'i', 'n', '2', 0};
  static final int SIGNATURE_LENGTH = 8;
  static final int RESERVED = 12;
  static final int RESERVED_BYTES = 28;
  static final int LENGTH = 304;
  static final int TIME_STAMP = 312;
  static final int VERSION_PATCH = 328;
  static final int VERSION_MAJOR = 330;
  static final int VERSION_MINOR = 331;
  static final int MODE = 332;
  static final int INTERFACE_UUID = 336;
  static final int VBNV = 352;
  static final int VBNV_BYTES = 64;
  static final int UUID = 416;
  static final int UUID_BYTES = 16;
  static final int SECTION_COUNT = 448;
  static final int SECTION_HEADERS = 456;

  static final int HEADER_BYTES = 40;
  static final int HEADER_NAME = 4;
  static final int HEADER_NAME_BYTES = 16;
  static final int HEADER_OFFSET = 24;
  static final int HEADER_SIZE = 32;

  /** XCLBIN_MAX_NUM_SECTION. */
  static final int MAX_SECTIONS = 0x10000;

  static final int ALIGNMENT = 8;

  private AxlfLayout() {}

  static int aligned(int offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
