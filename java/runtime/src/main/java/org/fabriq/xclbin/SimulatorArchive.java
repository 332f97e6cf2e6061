// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive that is a hw_emu xclbin's BITSTREAM: the simulator, the script that starts it,
 * and the metadata it needs. XRT unpacks it with {@code unzip} into a private folder, makes
 * everything executable, and runs the script in its own folder.
 *
 * <p>Entries are stored, with fixed times and Unix modes, so equal content gives equal bytes and
 * every unzip an executable script.
 */
final class SimulatorArchive {
  static final String FOLDER = "behav_waveform/xsim/";
  static final String SCRIPT = FOLDER + "simulate.sh";
  static final String EMULATOR = FOLDER + "fabriq_emulator";
  static final String METADATA = FOLDER + "embedded_metadata.xml";

  private static final byte[] SCRIPT_TEXT =
      """
      #!/bin/sh
      # SPDX-License-Identifier: Apache-2.0
      cd "$(dirname "$0")" || exit 1
      chmod +x fabriq_emulator
      exec ./fabriq_emulator --hw "$@"
      """
          .getBytes(UTF_8);

  private static final int REGULAR = 0100000;
  private static final int EXECUTABLE = 0755;
  private static final int READABLE = 0644;

  /** Any time whose zip form has no time zone. */
  private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private SimulatorArchive() {}

  static byte[] of(byte[] emulator, byte[] metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(emulator.length + 4096);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, SCRIPT, SCRIPT_TEXT);
      store(zip, EMULATOR, emulator);
      store(zip, METADATA, metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return withModes(bytes.toByteArray());
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(FIXED_TIME);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Java's writer leaves the modes out of the central directory. */
  private static byte[] withModes(byte[] zip) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int end = zip.length - ZipLayout.END_BYTES;
    int entry = bytes.getInt(end + ZipLayout.END_DIRECTORY_OFFSET);
    while (entry < end) {
      int nameBytes = bytes.getShort(entry + ZipLayout.ENTRY_NAME_LENGTH);
      String name = new String(zip, entry + ZipLayout.ENTRY_BYTES, nameBytes, UTF_8);
      int mode = REGULAR | (name.equals(METADATA) ? READABLE : EXECUTABLE);
      bytes.put(entry + ZipLayout.ENTRY_MADE_BY_SYSTEM, (byte) ZipLayout.UNIX);
      bytes.putInt(entry + ZipLayout.ENTRY_ATTRIBUTES, mode << ZipLayout.MODE_SHIFT);
      entry +=
          ZipLayout.ENTRY_BYTES + nameBytes + bytes.getShort(entry + ZipLayout.ENTRY_EXTRA_LENGTH);
    }
    return zip;
  }
}
