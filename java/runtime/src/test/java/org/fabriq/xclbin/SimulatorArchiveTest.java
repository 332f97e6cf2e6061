// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorArchiveTest {
  private static final byte[] CONTENT = "echo simulating simulating\n".getBytes(US_ASCII);

  @Test
  void whatIsWrittenIsSound() {
    assertThat(check(SimulatorArchive.of(CONTENT, CONTENT)))
        .containsExactlyInAnyOrder(
            SimulatorArchive.SCRIPT, SimulatorArchive.EMULATOR, SimulatorArchive.METADATA);
  }

  @Test
  void archivesOfOtherToolsAreSound() throws IOException {
    assertThat(check(zip("behav_waveform/xsim/", SimulatorArchive.SCRIPT, "xsim.dir/a b.so")))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/../../x",
        "a/..",
        "/etc/passwd",
        "..\\x",
        "C:\\x",
        "..",
        "a\nb",
        "a\u0000b",
        ""
      })
  void pathsThatLeaveTheFolder(String name) throws IOException {
    assertRefused(zip(SimulatorArchive.SCRIPT, name), "a path within the archive's folder");
  }

  @Test
  void noScript() throws IOException {
    assertRefused(zip("behav_waveform/xsim/other.sh"), "no behav_waveform/xsim/simulate.sh");
    assertRefused(zip("x/behav_waveform/xsim/simulate.sh"), "simulate.sh");
  }

  @Test
  void everyDamagedByteOfContentIsFound() throws IOException {
    int data = ZipLayout.LOCAL_BYTES + SimulatorArchive.SCRIPT.length();
    byte[] stored = SimulatorArchive.of(CONTENT, CONTENT);
    int size = little(stored).getInt(entry(stored) + ZipLayout.ENTRY_SIZE);
    for (int i = 0; i < size; i++) {
      byte[] damaged = stored.clone();
      damaged[data + i] ^= 0x10;
      assertRefused(damaged, SimulatorArchive.SCRIPT, "another CRC");
    }
    byte[] deflated = zip(SimulatorArchive.SCRIPT);
    int packed = little(deflated).getInt(entry(deflated) + ZipLayout.ENTRY_PACKED);
    int padding = 1;
    for (int i = 0; i < packed - padding; i++) {
      byte[] damaged = deflated.clone();
      damaged[data + i] ^= 0x10;
      assertRefused(damaged, SimulatorArchive.SCRIPT);
    }
  }

  @Test
  void sizesThatAreNotTheContents() throws IOException {
    for (int size : new int[] {0, 1, CONTENT.length - 1, CONTENT.length + 1, 1 << 30}) {
      byte[] zip = zip(SimulatorArchive.SCRIPT);
      little(zip).putInt(entry(zip) + ZipLayout.ENTRY_SIZE, size);
      assertRefused(zip, SimulatorArchive.SCRIPT);
    }
    byte[] packed = zip(SimulatorArchive.SCRIPT);
    little(packed).putInt(entry(packed) + ZipLayout.ENTRY_PACKED, -1);
    assertRefused(packed, "4294967295 packed bytes");
  }

  @Test
  void namesTwice() {
    byte[] zip = SimulatorArchive.of(CONTENT, CONTENT);
    byte[] script = SimulatorArchive.SCRIPT.getBytes(US_ASCII);
    int second = entry(zip) + ZipLayout.ENTRY_BYTES + script.length;
    int shorter = second + ZipLayout.ENTRY_BYTES;
    ByteBuffer bytes = little(zip);
    bytes.putInt(
        second + ZipLayout.ENTRY_LOCAL_OFFSET,
        bytes.getInt(entry(zip) + ZipLayout.ENTRY_LOCAL_OFFSET));
    bytes.putShort(second + ZipLayout.ENTRY_NAME_LENGTH, (short) script.length);
    bytes.put(shorter, script);
    bytes.putShort(
        second + ZipLayout.ENTRY_EXTRA_LENGTH,
        (short) (SimulatorArchive.EMULATOR.length() - script.length));
    assertRefused(zip, "a second entry");
  }

  @Test
  void entriesWithinEachOther() {
    byte[] zip = SimulatorArchive.of(CONTENT, CONTENT);
    ByteBuffer bytes = little(zip);
    bytes.putInt(entry(zip) + ZipLayout.ENTRY_PACKED, CONTENT.length + 200);
    assertRefused(zip, "within");
  }

  @Test
  void encryptedEntries() throws IOException {
    byte[] zip = zip(SimulatorArchive.SCRIPT);
    little(zip).putShort(entry(zip) + ZipLayout.ENTRY_FLAGS, (short) 9);
    assertRefused(zip, "encrypted");
  }

  @Test
  void links() {
    byte[] zip = SimulatorArchive.of(CONTENT, CONTENT);
    little(zip).putInt(entry(zip) + ZipLayout.ENTRY_ATTRIBUTES, 0120777 << ZipLayout.MODE_SHIFT);
    assertRefused(zip, "a symbolic link");
  }

  @Test
  void methodsThatUnzipMayNotKnow() throws IOException {
    byte[] zip = zip(SimulatorArchive.SCRIPT);
    little(zip).putShort(entry(zip) + ZipLayout.ENTRY_METHOD, (short) 93);
    assertRefused(zip, "method 93");
  }

  @Test
  void otherNameBesideTheContent() throws IOException {
    byte[] zip = zip(SimulatorArchive.SCRIPT);
    zip[ZipLayout.LOCAL_BYTES] = 'c';
    assertRefused(zip, "another name");
  }

  @Test
  void directoryElsewhere() throws IOException {
    byte[] zip = zip(SimulatorArchive.SCRIPT);
    little(zip).putInt(zip.length - ZipLayout.END_BYTES + ZipLayout.END_DIRECTORY_OFFSET, 0);
    assertRefused(zip, "a directory of ");
  }

  private static Set<String> check(byte[] zip) {
    return SimulatorArchiveReader.check(Region.of(zip, "a.xclbin").part("BITSTREAM"));
  }

  private static void assertRefused(byte[] zip, String... named) {
    assertThatThrownBy(() -> check(zip))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining("a.xclbin, BITSTREAM")
        .hasMessageContainingAll(named);
  }

  private static int entry(byte[] zip) {
    return little(zip).getInt(zip.length - ZipLayout.END_BYTES + ZipLayout.END_DIRECTORY_OFFSET);
  }

  private static ByteBuffer little(byte[] zip) {
    return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(CONTENT);
        }
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
