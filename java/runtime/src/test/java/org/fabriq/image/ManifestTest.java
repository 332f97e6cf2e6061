// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  @TempDir private Path folder;
  private Path image;
  private Path manifest;

  @BeforeEach
  void build() {
    image = folder.resolve("a.xclbin");
    manifest = folder.resolve("a.xclbin.json");
    TestImage.builder(ImageTarget.SW_EMU, folder).write(image);
  }

  @Test
  void statesWhatTheIssueLists() throws IOException {
    assertThat(Files.readString(manifest))
        .contains(
            "\"sha256\" : \"" + Digest.sha256(Files.readAllBytes(image)) + "\"",
            "\"uuid\" : ",
            "\"target\" : \"sw_emu\"",
            "\"platform\" : \"fabriq_emulation_1_0\"",
            "\"type\" : \"const matmul::BusWord *\"",
            "\"offset\" : \"0x1c\"",
            "\"id\" : \"fabriq-numerics\"",
            "\"clock_mhz\" : 300",
            "\"source_commit\" : \"",
            "\"java\" : \"")
        .doesNotContain("resources");
  }

  @Test
  void mayBeMissing() throws IOException {
    Files.delete(manifest);
    assertThat(ImageChecker.check(image).manifest()).isNull();
    assertThat(ImageChecker.check(image).contractStated()).isTrue();
  }

  @Test
  void fieldsMayBeAdded() throws IOException {
    replace("\"sha256\"", "\"colour\" : [ 1, { } ], \"sha256\"");
    assertThat(ImageChecker.check(image).manifest()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sha256\" : \" | \"sha256\" : \"0 | sha256",
        "\"uuid\" : \" | \"uuid\" : \"0 | uuid",
        "\"schema\" : 1 | \"schema\" : 3 | schema 3",
        "\"version\" : 1 | \"version\" : 2 | USER_METADATA",
        "\"image\" | \"picture\" | USER_METADATA",
        "\"sha256\" | \"sha\" | sha256 null",
        "{ | [[[[ | JSON",
        "\"schema\" : 1 | \"schema\" : 99999999999999 | JSON",
      })
  void ofAnotherImageIsRefused(String from, String to, String named) throws IOException {
    replace(from, to);
    assertThatThrownBy(() -> ImageChecker.check(image))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContainingAll(manifest.toString(), named);
  }

  @Test
  void deepOrLongNonsenseIsRefused() throws IOException {
    for (String text : new String[] {"[".repeat(500_000), " ".repeat(2_000_000), "null", ""}) {
      Files.writeString(manifest, text);
      assertThatThrownBy(() -> ImageChecker.check(image))
          .isInstanceOf(ImageFormatException.class)
          .hasMessageContaining(manifest.toString());
    }
  }

  private void replace(String from, String to) throws IOException {
    String text = Files.readString(manifest);
    assertThat(text).contains(from);
    int at = text.indexOf(from);
    Files.writeString(manifest, text.substring(0, at) + to + text.substring(at + from.length()));
  }
}
