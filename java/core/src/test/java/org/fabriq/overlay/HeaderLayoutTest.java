// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.junit.jupiter.api.Test;

/** The header is as the kernel's own description states it, which goes with its other ones. */
class HeaderLayoutTest {
  private static final HeaderLayout LAYOUT = HeaderLayout.NETWORK_I8;

  @Test
  void theFormHasRoomForEveryTarget() {
    for (String name : OverlayTarget.names()) {
      OverlayTarget target = OverlayTarget.named(name);
      assertRoom("records", target.records());
      assertRoom("weights", target.firstQuarterEntries());
      assertRoom("taps", target.tapRows());
      assertRoom("columns", target.columnEntries());
      assertRoom("tables", target.tables());
      assertRoom("base", target.lines() - 1);
      assertRoom("second_base", target.lines() - 1);
    }
  }

  private static void assertRoom(String word, int needed) {
    assertThat(LAYOUT.word(word).greatest()).as(word).isGreaterThanOrEqualTo(needed);
  }

  @Test
  void entriesHaveTheSizesOfRecordsAndTables() {
    assertThat(LAYOUT.word("records").entryBytes()).isEqualTo(RecordLayout.NETWORK_I8.bytes());
    assertThat(LAYOUT.word("weights").entryBytes())
        .isEqualTo(OverlayTarget.COLUMNS * OverlayTarget.LANES);
    assertThat(LAYOUT.word("tables").entryBytes()).isEqualTo(256);
  }

  @Test
  void numbersOutsideTheirLimitsAreNeitherWrittenNorRead() {
    ByteBuffer image = ByteBuffer.allocate(LAYOUT.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    ProgramHeader header = new ProgramHeader().set("result_words", 65_536);
    assertThatThrownBy(() -> header.write(image))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("result_words 65,536, limit 1 to 65,535; plan");
    header.set("result_words", 65_535).write(image);
    int check = 4 * LAYOUT.word("check").index();
    image.putInt(4 * LAYOUT.word("pitch").index(), 1024);
    image.putInt(check, image.getInt(check) - 1024);
    assertThatThrownBy(() -> ProgramHeader.read(image.flip()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("pitch 1,024, limit 0 to 1,023");
  }

  @Test
  void descriptionsThatAreNoneAreRefused() {
    String word = "{\"name\": \"a\", \"description\": \"\"}";
    assertRefused("{\"bytes\": 8, \"sum\": \"0x5a\", \"words\": [%s]}".formatted(word), "bytes");
    assertRefused(
        "{\"bytes\": 8, \"sum\": \"0x5a\", \"words\": [%s, %s]}".formatted(word, word), "name");
    assertRefused("{\"bytes\": 4, \"sum\": \"0xaz\", \"words\": [%s]}".formatted(word), "0xaz");
    assertRefused(
        "{\"bytes\": 4, \"sum\": \"0x5a\", \"words\": [{\"least\": 2, \"greatest\": 1}]}",
        "greatest");
  }

  private static void assertRefused(String text, String named) {
    assertThatThrownBy(() -> HeaderLayout.of(JsonObject.parse(text, "text")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(named);
  }
}
