// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;

/** Makes words of the sums of a row of the array, and puts them where they belong. */
final class ReferenceDrain {
  private static final int LANES = OverlayTarget.LANES;
  private static final int COARSE = 16;

  private final ProgramImage image;
  private final LayerRecord record;
  private final ActivationMemory memory;
  private final LongConsumer results;

  ReferenceDrain(
      ProgramImage image, LayerRecord record, ActivationMemory memory, LongConsumer results) {
    this.image = image;
    this.record = record;
    this.memory = memory;
    this.results = results;
  }

  /**
   * @param pixel the first output pixel of the row of the array
   * @param left output pixels of the image row from that on
   */
  void row(ReferenceArray array, int tile, int pixel, int left) {
    int block = tile * record.get("tile_blocks");
    int blocks = record.get("out_blocks") - block;
    int pitch = record.get("out_pitch");
    int base = record.get("out_base") + tile * record.get("tile_lines");
    boolean pair = record.is("pair");
    for (int quarter = 0; quarter < ResultOrder.quarters(record); quarter++) {
      ResultOrder.Place place = ResultOrder.place(record, quarter);
      boolean[] exist = ResultOrder.exist(record, place, left, blocks);
      int entry = record.get("column_entry") + tile * record.get("column_step") + place.block() / 2;
      for (int half = 0; half < 2; half++) {
        if (exist[half]) {
          int at = pixel + place.pixels() + (pair ? half : 0);
          int own = place.block() + (pair ? 0 : half);
          word(array, quarter, half, entry, at + block + own, base + own * pitch + at / 8);
        }
      }
    }
  }

  private void word(ReferenceArray array, int quarter, int half, int entry, int bank, int line) {
    long word = 0;
    for (int lane = 0; lane < LANES; lane++) {
      word |= (long) (code(array, quarter, half, entry, lane) & 255) << 8 * lane;
    }
    if (record.is("raw")) {
      for (int lane = 0; lane < LANES; lane += 2) {
        long low = Integer.toUnsignedLong(sum(array, quarter, half, entry, lane));
        results.accept(low | (long) sum(array, quarter, half, entry, lane + 1) << 32);
      }
    } else if (record.is("to_results")) {
      results.accept(word);
    } else {
      int other = line - record.get("out_base") + record.get("add_base");
      memory.set(bank, line, record.is("add") ? added(word, memory.get(bank, other)) : word);
    }
  }

  private int sum(ReferenceArray array, int quarter, int half, int entry, int lane) {
    int column = 2 * lane + half;
    int bias = (int) parameters(entry, column);
    return array.sum(quarter * OverlayTarget.QUARTER_COLUMNS + column) + bias;
  }

  private long parameters(int entry, int column) {
    // Quarters whose words are written anew read what is there.
    return ByteBuffer.wrap(image.columns().get(entry % image.columns().size()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong(8 * column);
  }

  private int code(ReferenceArray array, int quarter, int half, int entry, int lane) {
    int code;
    if (record.get("kind") == LayerKind.MAX_POOL.ordinal()) {
      int step = record.get("fold_stride") == 2 ? 2 : 1;
      code = array.greatest(step * (2 * quarter + half), lane);
    } else {
      long parameters = parameters(entry, 2 * lane + half);
      long significand = parameters >> 32 & (1 << 24) - 1;
      int shift = (int) (parameters >> 56) & 63;
      long product = sum(array, quarter, half, entry, lane) * significand;
      if (record.is("average") && shift >= COARSE) {
        // What the first shift, by a multiple of 16, drops below the guard bit.
        product &= -1L << shift / COARSE * COARSE - 1;
      }
      code = clamped(halfEven(product, shift), "zero_out", "least", "greatest");
    }
    return record.is("table") ? image.tables().get(record.get("table_id"))[code & 255] : code;
  }

  private long added(long own, long other) {
    long word = 0;
    for (int lane = 0; lane < LANES; lane++) {
      long sum =
          (long) (ReferenceArray.code(own, lane) - record.signed("add_zero1"))
                  * record.get("add_m1")
              + (long) (ReferenceArray.code(other, lane) - record.signed("add_zero2"))
                  * record.get("add_m2");
      long rounded = halfEven(sum, record.get("add_shift"));
      int code = clamped(rounded, "add_zero_out", "add_least", "add_greatest");
      word |= (long) (code & 255) << 8 * lane;
    }
    return word;
  }

  private int clamped(long steps, String zero, String least, String greatest) {
    long code = steps + record.signed(zero);
    return (int) Math.max(record.signed(least), Math.min(record.signed(greatest), code));
  }

  private static long halfEven(long value, int shift) {
    if (shift == 0) {
      return value;
    }
    long floor = value >> shift;
    long rest = value - (floor << shift);
    long half = 1L << shift - 1;
    return rest > half || rest == half && (floor & 1) != 0 ? floor + 1 : floor;
  }
}
