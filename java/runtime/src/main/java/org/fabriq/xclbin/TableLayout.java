// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

/**
 * Offsets of the sections that are tables: a count, then entries. Little-endian. Source: xclbin.h
 * of XRT.
 *
 * <pre>
 * mem_topology, from 8: | type u8 | used u8 | padding[6] | KiB u64 | base u64 | tag[16] |
 * ip_layout,    from 8: | type u32 | properties u32 | base u64 | name[64] |
 * connectivity, from 4: | argument i32 | ip i32 | memory i32 |
 * </pre>
 */
final class TableLayout {
  static final int MEMORY_START = 8;
  static final int MEMORY_BYTES = 40;
  static final int MEMORY_USED = 1;
  static final int MEMORY_KIB = 8;
  static final int MEMORY_BASE = 16;
  static final int MEMORY_TAG = 24;
  static final int MEMORY_TAG_BYTES = 16;
  static final int MEMORY_DDR4 = 1;

  static final int IP_START = 8;
  static final int IP_BYTES = 80;
  static final int IP_PROPERTIES = 4;
  static final int IP_BASE = 8;
  static final int IP_NAME = 16;
  static final int IP_NAME_BYTES = 64;
  static final int IP_KERNEL = 1;
  static final int IP_PS_KERNEL = 7;
  static final int IP_INTERRUPT_ENABLE = 1;
  static final int IP_INTERRUPT_SHIFT = 1;
  static final int IP_CONTROL_SHIFT = 8;

  static final int CONNECTION_START = 4;
  static final int CONNECTION_BYTES = 12;
  static final int CONNECTION_IP = 4;
  static final int CONNECTION_MEMORY = 8;

  private TableLayout() {}

  /** The number of a block protocol in an IP's properties, -1 if unknown. */
  static int controlNumber(String control) {
    return switch (control) {
      case "ap_ctrl_hs" -> 0;
      case "ap_ctrl_chain" -> 1;
      case "ap_ctrl_none" -> 2;
      default -> -1;
    };
  }

  /** The block protocol of a number. */
  static String controlName(int number) {
    return switch (number) {
      case 0 -> "ap_ctrl_hs";
      case 1 -> "ap_ctrl_chain";
      case 2 -> "ap_ctrl_none";
      default -> "control " + number;
    };
  }
}
