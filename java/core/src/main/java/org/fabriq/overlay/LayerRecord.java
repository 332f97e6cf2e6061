// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;

/**
 * A layer record of {@code network_i8}: numbers by the names of {@link RecordLayout}, all 0 at
 * first. Not for several threads at once while it is being filled.
 */
final class LayerRecord {
  private static final RecordLayout LAYOUT = RecordLayout.NETWORK_I8;
  private static final int VERSION = 1;
  private static final int SUM = 0x5a;

  private final byte[] bytes;

  LayerRecord() {
    this(new byte[LAYOUT.bytes()]);
  }

  private LayerRecord(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a record.
   *
   * @param image holds it from {@code offset} on; copied
   * @throws InvalidArgumentException if its version or its check byte is wrong
   */
  static LayerRecord read(byte[] image, int offset) {
    LayerRecord record =
        new LayerRecord(Arrays.copyOfRange(image, offset, offset + LAYOUT.bytes()));
    if (record.get("version") != VERSION) {
      throw new InvalidArgumentException(
          "a layer record of version %d, not %d; plan the network again"
              .formatted(record.get("version"), VERSION));
    }
    if (record.sum() != SUM) {
      throw new InvalidArgumentException(
          "a layer record whose bytes add up to %#x, not %#x; plan the network again"
              .formatted(record.sum(), SUM));
    }
    return record;
  }

  /**
   * Sets a field, as a number from 0 on or in two's complement.
   *
   * @throws InvalidArgumentException if there is no such field, or the value does not fit
   */
  LayerRecord set(String name, long value) {
    RecordField field = LAYOUT.field(name);
    field.check(value);
    for (int i = 0; i < field.bits(); i++) {
      int bit = field.first() + i;
      int mask = 1 << bit % 8;
      boolean one = (value >> i & 1) != 0;
      bytes[bit / 8] = (byte) (one ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
    }
    return this;
  }

  /** Sets a field of one bit. */
  LayerRecord set(String name, boolean value) {
    return set(name, value ? 1 : 0);
  }

  /** A field as a number from 0 on. */
  int get(String name) {
    RecordField field = LAYOUT.field(name);
    int value = 0;
    for (int i = 0; i < field.bits(); i++) {
      int bit = field.first() + i;
      value |= (bytes[bit / 8] >> bit % 8 & 1) << i;
    }
    return value;
  }

  /** A field in two's complement. */
  int signed(String name) {
    int unused = 32 - LAYOUT.field(name).bits();
    return get(name) << unused >> unused;
  }

  /** Whether a field is not 0. */
  boolean is(String name) {
    return get(name) != 0;
  }

  /** A copy of its bytes, with version and check byte. */
  byte[] pack() {
    LayerRecord packed = new LayerRecord(bytes.clone()).set("version", VERSION).set("check", 0);
    return packed.set("check", SUM - packed.sum() & 255).bytes;
  }

  private int sum() {
    int sum = 0;
    for (byte each : bytes) {
      sum += each;
    }
    return sum & 255;
  }
}
