// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the simulator says in a file of waveforms of how far it got: the text in the field of the
 * FST header for the simulator's version.
 *
 * <pre>
 *  offset  bytes
 *       0      1  kind of block, 0: header
 *       1      8  length of the block
 *       9     65  times, counts, sizes
 *      74    128  "fabriq: CYCLES cycles, CALLS calls, whole" or "... limited", zeros
 * </pre>
 *
 * @param cycles in the file, of all kernels together
 * @param calls begun in the file
 * @param limited whether the file ended at its limit, with more cycles and calls to come
 */
record TraceFile(Path file, long bytes, long cycles, long calls, boolean limited) {
  private static final int TEXT_OFFSET = 74;
  private static final int TEXT_BYTES = 128;
  private static final Pattern TEXT =
      Pattern.compile("fabriq: ([0-9]{1,18}) cycles, ([0-9]{1,18}) calls, (whole|limited)");

  /** Reads it; nothing where the file is not there or was not completed by a simulator. */
  static Optional<TraceFile> read(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(TEXT_OFFSET);
      byte[] text = new byte[TEXT_BYTES];
      in.readFully(text);
      Matcher matcher = TEXT.matcher(new String(text, StandardCharsets.US_ASCII).trim());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      return Optional.of(
          new TraceFile(
              file,
              Files.size(file),
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              matcher.group(3).equals("limited")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * How far it got.
   *
   * @param limit of the file, as it was asked for
   */
  String text(String limit) {
    String size =
        "%,d cycles (%,d call%s), %.1f MB"
            .formatted(cycles, calls, calls == 1 ? "" : "s", bytes / 0x1p20);
    return limited
        ? "%s holds the first %s of at most %s; --trace-limit allows more"
            .formatted(file, size, limit)
        : "%s holds all %s".formatted(file, size);
  }
}
