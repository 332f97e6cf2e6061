// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.Arrays;

/** The kinds of section FabriQ writes or looks into. Source: axlf_section_kind, xclbin.h of XRT. */
enum SectionKind {
  BITSTREAM(0),
  EMBEDDED_METADATA(2),
  MEM_TOPOLOGY(6),
  CONNECTIVITY(7),
  IP_LAYOUT(8),
  DEBUG_IP_LAYOUT(9),
  CLOCK_FREQ_TOPOLOGY(11),
  BUILD_METADATA(14),
  KEYVALUE_METADATA(15),
  USER_METADATA(16),
  PDI(18),
  PARTITION_METADATA(20),
  EMULATION_DATA(21),
  SYSTEM_METADATA(22),
  SOFT_KERNEL(23),
  ASK_GROUP_TOPOLOGY(26),
  ASK_GROUP_CONNECTIVITY(27);

  private final int number;

  SectionKind(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The kind's name, or its number for one that is not listed here. */
  static String nameOf(int number) {
    return Arrays.stream(values())
        .filter(kind -> kind.number == number)
        .map(Enum::name)
        .findFirst()
        .orElse("section kind " + Integer.toUnsignedString(number));
  }
}
