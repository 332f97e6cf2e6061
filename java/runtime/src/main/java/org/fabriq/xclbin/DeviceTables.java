// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes the sections that are tables: one memory bank, the compute units, what connects them. */
final class DeviceTables {
  static final String MEMORY = "DDR[0]";
  static final long MEMORY_KIB = 16L << 20;

  private DeviceTables() {}

  /** One bank from address 0 on. */
  static byte[] memTopology(String memory, long kib) {
    ByteBuffer table = table(1, TableLayout.MEMORY_START, TableLayout.MEMORY_BYTES);
    int entry = TableLayout.MEMORY_START;
    table.put(entry, (byte) TableLayout.MEMORY_DDR4);
    table.put(entry + TableLayout.MEMORY_USED, (byte) 1);
    table.putLong(entry + TableLayout.MEMORY_KIB, kib);
    table.put(entry + TableLayout.MEMORY_TAG, memory.getBytes(US_ASCII));
    return table.array();
  }

  static byte[] ipLayout(List<ComputeUnit> units) {
    ByteBuffer table = table(units.size(), TableLayout.IP_START, TableLayout.IP_BYTES);
    for (int i = 0; i < units.size(); i++) {
      ComputeUnit unit = units.get(i);
      int entry = TableLayout.IP_START + i * TableLayout.IP_BYTES;
      table.putInt(entry, TableLayout.IP_KERNEL);
      table.putInt(
          entry + TableLayout.IP_PROPERTIES,
          TableLayout.IP_INTERRUPT_ENABLE
              | i << TableLayout.IP_INTERRUPT_SHIFT
              | TableLayout.controlNumber(unit.kernel().control()) << TableLayout.IP_CONTROL_SHIFT);
      table.putLong(entry + TableLayout.IP_BASE, unit.baseAddress());
      table.put(entry + TableLayout.IP_NAME, unit.qualifiedName().getBytes(US_ASCII));
    }
    return table.array();
  }

  static byte[] connectivity(List<ComputeUnit> units) {
    int count = units.stream().mapToInt(unit -> pointers(unit.kernel())).sum();
    ByteBuffer table = table(count, TableLayout.CONNECTION_START, TableLayout.CONNECTION_BYTES);
    table.position(TableLayout.CONNECTION_START);
    for (int i = 0; i < units.size(); i++) {
      List<KernelDescriptor.Argument> arguments = units.get(i).kernel().arguments();
      for (int index = 0; index < arguments.size(); index++) {
        if (arguments.get(index).isPointer()) {
          table.putInt(index).putInt(i).putInt(0);
        }
      }
    }
    return table.array();
  }

  private static int pointers(KernelDescriptor kernel) {
    return (int) kernel.arguments().stream().filter(KernelDescriptor.Argument::isPointer).count();
  }

  private static ByteBuffer table(int count, int start, int entryBytes) {
    return ByteBuffer.allocate(start + count * entryBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, count);
  }
}
