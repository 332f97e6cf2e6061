// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

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
  private Path xclbin;
  private Path manifest;

  @BeforeEach
  void build() {
    xclbin = folder.resolve("a.xclbin");
    manifest = folder.resolve("a.xclbin.json");
    TestXclbin.builder(XclbinTarget.SW_EMU, folder).write(xclbin);
  }

  @Test
  void statesWhatTheIssueLists() throws IOException {
    assertThat(Files.readString(manifest))
        .contains(
            "\"sha256\" : \"" + Digest.sha256(Files.readAllBytes(xclbin)) + "\"",
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
    assertThat(XclbinChecker.check(xclbin).manifest()).isNull();
    assertThat(XclbinChecker.check(xclbin).contractStated()).isTrue();
  }

  @Test
  void fieldsMayBeAdded() throws IOException {
    replace("\"sha256\"", "\"colour\" : [ 1, { } ], \"sha256\"");
    assertThat(XclbinChecker.check(xclbin).manifest()).isNotNull();
  }

  @Test
  void ofFormerVersionsIsRead() throws IOException {
    replace("\"xclbin\" :", "\"image\" :");
    assertThat(XclbinChecker.check(xclbin).manifest().xclbin().target()).isEqualTo("sw_emu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sha256\" : \" | \"sha256\" : \"0 | sha256",
        "\"uuid\" : \" | \"uuid\" : \"0 | uuid",
        "\"schema\" : 1 | \"schema\" : 3 | schema 3",
        "\"version\" : 1 | \"version\" : 2 | USER_METADATA",
        "\"xclbin\" | \"picture\" | USER_METADATA",
        "\"sha256\" | \"sha\" | sha256 null",
        "{ | [[[[ | JSON",
        "\"schema\" : 1 | \"schema\" : 99999999999999 | JSON",
      })
  void ofAnotherXclbinIsRefused(String from, String to, String named) throws IOException {
    replace(from, to);
    assertThatThrownBy(() -> XclbinChecker.check(xclbin))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(manifest.toString(), named);
  }

  @Test
  void deepOrLongNonsenseIsRefused() throws IOException {
    for (String text : new String[] {"[".repeat(500_000), " ".repeat(2_000_000), "null", ""}) {
      Files.writeString(manifest, text);
      assertThatThrownBy(() -> XclbinChecker.check(xclbin))
          .isInstanceOf(XclbinFormatException.class)
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
