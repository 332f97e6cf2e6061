// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {
  private static final String START = "<project><platform><device><core target='csim'>";
  private static final String END = "</core></device></platform></project>";

  @Test
  void readsKernelsWhereTheyAre() {
    KernelList list =
        read(
            "<?xml version='1.0'?>"
                + START
                + "<kernel name='k' other='x'><arg name='a' id='' addressQualifier='4' offset='0X8'"
                + " size='16' hostSize=''/><more/><instance name='k_1'><addrRemap"
                + " base=''/></instance></kernel>"
                + END
                + "\0\0");
    assertThat(list.target()).isEqualTo("csim");
    assertThat(list.clockMhz()).isNull();
    assertThat(list.kernels()).hasSize(1);
    assertThat(list.kernels().get(0).arguments())
        .containsExactly(new XclbinContent.Argument(null, "a", false, 8, 16, null));
    assertThat(list.kernels().get(0).instances())
        .containsExactly(new KernelList.Instance("k_1", -1));
  }

  @Test
  void kernelsElsewhereAreNone() {
    assertRefused(START + "<more><kernel name='k'/></more>" + END, "no kernel");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<port name='p'/>",
        "<port mode='slave' range='wide'/>",
        "<port mode='master' dataWidth='c12'/>",
        "<compileWorkGroupSize x='1' y='1'/>",
        "<maxWorkGroupSize x='1' y='1' z='-'/>",
        "<arg name='a' id='0' addressQualifier='1' offset='0x10' size='0x8'/>",
      })
  void whatXrtReadsMustBeThere(String element) {
    assertRefused(START + "<kernel name='k'>" + element + "</kernel>" + END, "line 1: ");
  }

  @Test
  void documentTypesAreRefused() {
    assertRefused(
        "<!DOCTYPE project [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + START + "&e;" + END,
        "DOCTYPE");
    assertRefused("<!DOCTYPE project SYSTEM 'http://127.0.0.1:9/x.dtd'>" + START + END, "DOCTYPE");
  }

  @Test
  void otherEncodingsAreRefused() {
    byte[] wide = (START + "<kernel name='k'/>" + END).getBytes(UTF_16);
    assertThatThrownBy(() -> MetadataReader.read(Region.of(wide, "f").part("EMBEDDED_METADATA")))
        .isInstanceOf(XclbinFormatException.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused("<a>".repeat(100_000), "nested deeper than 32");
  }

  @Test
  void longNamesAreRefused() {
    assertRefused("<" + "a".repeat(500) + "/>", "an element's name of 500");
  }

  @Test
  void manyElementsEndSoon() {
    String kernel = "<kernel name='k'>" + "<instance name='i'/>".repeat(200_000) + "</kernel>";
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertRefused(START + kernel + END, "more than 65536"));
  }

  @Test
  void aKernelTwiceIsRefused() {
    assertRefused(START + "<kernel name='k'/><kernel name='k'/>" + END, "a second kernel k");
  }

  @Test
  void namesAreIdentifiers() {
    assertRefused(START + "<kernel name='k.*'/>" + END, "k.*");
    assertRefused(START + "<kernel name='" + "k".repeat(64) + "'/>" + END, "kkk");
  }

  private static KernelList read(String xml) {
    return MetadataReader.read(Region.of(xml.getBytes(UTF_8), "f").part("EMBEDDED_METADATA"));
  }

  private static void assertRefused(String xml, String named) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll("f, EMBEDDED_METADATA: ", named);
  }
}
