// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AxlfReaderTest {
  private static final int FIRST = AxlfLayout.SECTION_HEADERS;
  private static final int SECOND = FIRST + AxlfLayout.HEADER_BYTES;

  private byte[] xclbin;
  private ByteBuffer little;

  @BeforeEach
  void make() {
    xclbin =
        new AxlfWriter(XclbinTarget.HW, "xilinx_u250", 12)
            .section(SectionKind.PDI, new byte[13])
            .section(SectionKind.BITSTREAM, "bits".getBytes(StandardCharsets.US_ASCII))
            .bytes();
    little = ByteBuffer.wrap(xclbin).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void readsWhatWasWritten() {
    AxlfReader reader = read(xclbin);
    assertThat(reader.target()).isEqualTo(XclbinTarget.HW);
    assertThat(reader.platform()).isEqualTo("xilinx_u250");
    assertThat(reader.timeStamp()).isEqualTo(12);
    assertThat(reader.sections())
        .containsExactly(
            new XclbinContent.Section(18, "PDI", 536, 13),
            new XclbinContent.Section(0, "BITSTREAM", 552, 4));
    assertThat(reader.require(SectionKind.BITSTREAM).bytes(0, 4)).asString().isEqualTo("bits");
  }

  @Test
  void sectionsOverlap() {
    little.putLong(SECOND + AxlfLayout.HEADER_OFFSET, 544);
    assertRefused("offset 0x220", "BITSTREAM within PDI");
  }

  @Test
  void sectionPastTheEnd() {
    little.putLong(SECOND + AxlfLayout.HEADER_SIZE, 5);
    assertRefused("BITSTREAM at 552 of 5 bytes", "within 536 to 556");
  }

  @Test
  void sectionWhoseEndOverflows() {
    little.putLong(SECOND + AxlfLayout.HEADER_SIZE, Long.MAX_VALUE);
    assertRefused("9223372036854775807 bytes");
    little.putLong(SECOND + AxlfLayout.HEADER_OFFSET, -8);
    assertRefused("at 18446744073709551608");
  }

  @Test
  void sectionInTheHeaders() {
    little.putLong(FIRST + AxlfLayout.HEADER_OFFSET, 528);
    assertRefused("PDI at 528");
  }

  @Test
  void sectionOffTheGrid() {
    little.putLong(SECOND + AxlfLayout.HEADER_OFFSET, 551);
    assertRefused("BITSTREAM at 551", "a multiple of 8");
  }

  @Test
  void aSectionWithoutContentIsAbsent() {
    little.putLong(FIRST + AxlfLayout.HEADER_OFFSET, 0).putLong(FIRST + AxlfLayout.HEADER_SIZE, 0);
    assertThat(read(xclbin).find(SectionKind.PDI)).isEmpty();
  }

  @Test
  void twoOfAKind() {
    little.putInt(FIRST, SectionKind.BITSTREAM.number());
    AxlfReader reader = read(xclbin);
    assertThatThrownBy(() -> reader.require(SectionKind.BITSTREAM))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining("2 sections BITSTREAM");
  }

  @Test
  void moreSectionsThanFit() {
    little.putInt(AxlfLayout.SECTION_COUNT, 3);
    assertRefused("3 sections", "at most 2");
    little.putInt(AxlfLayout.SECTION_COUNT, -1);
    assertRefused("4294967295 sections");
  }

  @Test
  void lengthOfAnotherFile() {
    little.putLong(AxlfLayout.LENGTH, 555);
    assertRefused("offset 0x130", "a length of 555", "556 bytes");
  }

  @Test
  void aSignatureFollowsTheLength() {
    byte[] signed = Arrays.copyOf(xclbin, xclbin.length + 20);
    ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN).putInt(AxlfLayout.SIGNATURE_LENGTH, 20);
    assertThat(read(signed).sections()).hasSize(2);
  }

  @Test
  void modeThatIsNone() {
    little.putShort(AxlfLayout.MODE, (short) 7);
    assertRefused("mode 7");
  }

  @Test
  void platformWithoutEnd() {
    Arrays.fill(xclbin, AxlfLayout.VBNV, AxlfLayout.VBNV + AxlfLayout.VBNV_BYTES, (byte) 'x');
    assertRefused("offset 0x160", "no end of the text");
  }

  private static AxlfReader read(byte[] content) {
    return AxlfReader.read(Region.of(content, "a.xclbin"));
  }

  private void assertRefused(String... named) {
    assertThatThrownBy(() -> read(xclbin))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining("a.xclbin, ")
        .hasMessageContainingAll(named);
  }
}
