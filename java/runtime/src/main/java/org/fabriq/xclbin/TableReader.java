// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.ArrayList;
import java.util.List;

/** Reads the sections that are tables; every count and every index in them is within its bounds. */
final class TableReader {
  /** Types of memory that are streams and have no addresses. */
  private static final List<Integer> STREAMS = List.of(3, 9);

  private static final int MAX_ARGUMENT = 4096;

  private static final int DEBUG_IP_START = 8;
  private static final int DEBUG_IP_BYTES = 144;
  private static final int CLOCK_START = 2;
  private static final int CLOCK_BYTES = 136;
  private static final int SOFT_KERNEL_BYTES = 80;

  private TableReader() {}

  /** An entry of IP_LAYOUT. */
  record Ip(int type, int properties, long base, String name) {
    boolean isKernel() {
      return type == TableLayout.IP_KERNEL || type == TableLayout.IP_PS_KERNEL;
    }

    String control() {
      return TableLayout.controlName(properties >> TableLayout.IP_CONTROL_SHIFT & 0xff);
    }
  }

  /** An entry of CONNECTIVITY. */
  record Connection(int argument, int ip, int memory) {}

  static List<XclbinContent.Memory> memories(Region table) {
    int count = table.count(table.i32(0), TableLayout.MEMORY_START, TableLayout.MEMORY_BYTES);
    List<XclbinContent.Memory> memories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = TableLayout.MEMORY_START + i * TableLayout.MEMORY_BYTES;
      XclbinContent.Memory memory =
          new XclbinContent.Memory(
              table.text(entry + TableLayout.MEMORY_TAG, TableLayout.MEMORY_TAG_BYTES),
              table.u8(entry),
              table.i64(entry + TableLayout.MEMORY_BASE),
              table.i64(entry + TableLayout.MEMORY_KIB),
              table.u8(entry + TableLayout.MEMORY_USED) != 0);
      if (memory.used() && !STREAMS.contains(memory.type()) && !isAddressable(memory)) {
        throw table.error(
            entry,
            "memory %s of %d KiB at 0x%x".formatted(memory.name(), memory.kib(), memory.base()),
            "an end below 2^63");
      }
      memories.add(memory);
    }
    return List.copyOf(memories);
  }

  private static boolean isAddressable(XclbinContent.Memory memory) {
    long limit = Long.MAX_VALUE / 1024;
    return memory.base() >= 0
        && memory.kib() >= 0
        && memory.kib() <= limit
        && memory.kib() * 1024 <= Long.MAX_VALUE - memory.base();
  }

  static List<Ip> ips(Region table) {
    int count = table.count(table.i32(0), TableLayout.IP_START, TableLayout.IP_BYTES);
    List<Ip> ips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = TableLayout.IP_START + i * TableLayout.IP_BYTES;
      ips.add(
          new Ip(
              table.i32(entry),
              table.i32(entry + TableLayout.IP_PROPERTIES),
              table.i64(entry + TableLayout.IP_BASE),
              table.text(entry + TableLayout.IP_NAME, TableLayout.IP_NAME_BYTES)));
    }
    return List.copyOf(ips);
  }

  static List<Connection> connections(Region table, int ips, int memories) {
    int count =
        table.count(table.i32(0), TableLayout.CONNECTION_START, TableLayout.CONNECTION_BYTES);
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = TableLayout.CONNECTION_START + i * TableLayout.CONNECTION_BYTES;
      connections.add(
          new Connection(
              index(table, entry, "argument", MAX_ARGUMENT),
              index(table, entry + TableLayout.CONNECTION_IP, "entry of IP_LAYOUT", ips),
              index(table, entry + TableLayout.CONNECTION_MEMORY, "memory", memories)));
    }
    return List.copyOf(connections);
  }

  private static int index(Region table, int at, String what, int count) {
    int index = table.i32(at);
    if (index < 0 || index >= count) {
      throw table.error(at, what + " " + index, "0 to " + (count - 1));
    }
    return index;
  }

  /** Checks the tables that FabriQ does not use, but XRT reads without looking at their size. */
  static void checkOthers(AxlfReader xclbin) {
    for (Region table : xclbin.all(SectionKind.DEBUG_IP_LAYOUT)) {
      int count = table.count(table.u16(0), DEBUG_IP_START, DEBUG_IP_BYTES);
      for (int i = 0; i < count; i++) {
        table.text(DEBUG_IP_START + i * DEBUG_IP_BYTES + 16, DEBUG_IP_BYTES - 16);
      }
    }
    for (Region table : xclbin.all(SectionKind.CLOCK_FREQ_TOPOLOGY)) {
      int count = table.count((short) table.u16(0), CLOCK_START, CLOCK_BYTES);
      for (int i = 0; i < count; i++) {
        table.text(CLOCK_START + i * CLOCK_BYTES + 8, CLOCK_BYTES - 8);
      }
    }
    for (Region kernel : xclbin.all(SectionKind.SOFT_KERNEL)) {
      checkSoftKernel(kernel);
    }
  }

  private static void checkSoftKernel(Region kernel) {
    kernel.bytes(0, SOFT_KERNEL_BYTES);
    for (int field : new int[] {0, 12, 16, 20}) {
      long at = kernel.u32(field);
      if (at >= kernel.size()) {
        throw kernel.error(field, "a text at " + at, "below " + kernel.size());
      }
      kernel.text((int) at, (int) Math.min(256, kernel.size() - at));
    }
    long end = kernel.u32(4) + kernel.u32(8);
    if (end > kernel.size()) {
      throw kernel.error(4, "an end at " + end, "at most " + kernel.size());
    }
  }
}
