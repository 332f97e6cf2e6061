// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound files for other kernels, contracts or targets; each is refused by its own name. */
class MismatchedImageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name=\"matmul_f32i8\" | name=\"matmul_f64\" | matmul_f64",
        "offset=\"0x1c\" | offset=\"0x18\" | 0x18 & 0x1c",
        "offset=\"0x1c\" | offset=\"034\" | offset=\"034\"",
        "offset=\"0x1c\" | offset=\"many\" | offset=\"many\"",
        "offset=\"0x1c\" | addr=\"0x1c\" | without offset",
        "name=\"columns\" | name=\"scales\" | scales & columns",
        "addressQualifier=\"0\" | addressQualifier=\"1\" | pointer & scalar",
        "size=\"0x4\" | size=\"0x8\" | 8 bytes & 4 bytes",
        "id=\"6\" | id=\"\" | 8 arguments & 9",
        "id=\"6\" | id=\"99999999999\" | 99999999999",
        "id=\"1\" | id=\"2\" | argument 2 & argument 1",
        "base=\"0x1800000\" | base=\"0x1900000\" | 0x1800000 & at its base",
        "target=\"csim\" | target=\"hw_em\" | hw_em & csim",
        "instance name=\"matmul_f32i8_1\" | instance name=\"a(b*)*\" | a(b*)*",
        "</project> | </projects> | well-formed XML",
      })
  void metadataThatIsNotTheDescriptors(String from, String to, String named) {
    TestImage image =
        TestImage.of(ImageTarget.SW_EMU, folder).replace(SectionKind.EMBEDDED_METADATA, from, to);
    assertRefused(image, named.split(" & "));
  }

  @Test
  void otherKernels() {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder).ofAnotherKernel();
    assertRefused(
        image, "kernels [vector_adder] found", "matmul_f32f32, matmul_f32i8, matmul_i8i8");
  }

  @Test
  void otherBlockProtocol() {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
    image.edit(SectionKind.IP_LAYOUT).putInt(TableLayout.IP_START + TableLayout.IP_PROPERTIES, 1);
    assertRefused(image, "IP_LAYOUT", "ap_ctrl_hs found", "ap_ctrl_chain expected");
  }

  @Test
  void instanceOfNoKernel() {
    TestImage image =
        TestImage.of(ImageTarget.SW_EMU, folder)
            .replace(SectionKind.IP_LAYOUT, "matmul_f32i8:", "matmul_f32x8:");
    assertRefused(image, "IP_LAYOUT, offset 0x", "matmul_f32x8:matmul_f32i8_1");
  }

  @Test
  void kernelWithoutInstance() {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
    image.edit(SectionKind.IP_LAYOUT).putInt(0, 0);
    image.edit(SectionKind.CONNECTIVITY).putInt(0, 0);
    assertRefused(image, "no instance of matmul_f32i8");
  }

  @Test
  void pointerWithoutMemory() {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
    image.edit(SectionKind.CONNECTIVITY).putInt(0, 3);
    assertRefused(image, "CONNECTIVITY", "matmul_f32i8_1 argument 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | -1 | argument -1",
        "4 | 1 | entry of IP_LAYOUT 1",
        "8 | 1 | memory 1",
        "8 | -2147483648 | memory -2147483648"
      })
  void connectionsOutOfBounds(int field, int value, String named) {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
    image.edit(SectionKind.CONNECTIVITY).putInt(TableLayout.CONNECTION_START + field, value);
    assertRefused(image, "CONNECTIVITY, offset 0x", named);
  }

  @ParameterizedTest
  @EnumSource(
      value = SectionKind.class,
      names = {"MEM_TOPOLOGY", "IP_LAYOUT", "CONNECTIVITY"})
  void countsBeyondTheSection(SectionKind table) {
    for (int count : new int[] {-1, 6, 4097, Integer.MAX_VALUE}) {
      TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
      image.edit(table).putInt(0, count);
      assertRefused(image, table.name(), "a count of " + count);
    }
  }

  @Test
  void textsWithoutEnd() {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
    image
        .edit(SectionKind.MEM_TOPOLOGY)
        .put(TableLayout.MEMORY_START + TableLayout.MEMORY_TAG, "D".repeat(16).getBytes(US_ASCII));
    assertRefused(image, "MEM_TOPOLOGY", "no end of the text");
  }

  @Test
  void memoryBeyondAllAddresses() {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
    image
        .edit(SectionKind.MEM_TOPOLOGY)
        .putLong(TableLayout.MEMORY_START + TableLayout.MEMORY_BASE, Long.MAX_VALUE - 5);
    assertRefused(image, "MEM_TOPOLOGY", "DDR[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 1 | \"version\" : 2 | fabriq-numerics 2 & fabriq-numerics 1",
        "fabriq-numerics | other-numerics | other-numerics 1",
        "\"schema\" : 1 | \"schema\" : 2 | schema 2",
        "\"offset\" : \"0x28\" | \"offset\" : \"0x2c\" | other arguments",
        "\"target\" : \"sw_emu\" | \"target\" : \"hw\" | target hw",
        "ap_ctrl_chain | ap_ctrl_none | ap_ctrl_none",
        "0x1800000 | 0x1810000 | 0x1810000",
        "\"kernels\" : [ | \"kernels\" : [ null, 7, | USER_METADATA",
        "{ | [ | USER_METADATA",
        "\"clock_mhz\" : 300 | \"clock_mhz\" : {} | USER_METADATA",
      })
  void statementsThatAreNotTheDescriptors(String from, String to, String named) {
    TestImage image =
        TestImage.of(ImageTarget.SW_EMU, folder).replace(SectionKind.USER_METADATA, from, to);
    assertRefused(image, "USER_METADATA");
    assertRefused(image, named.split(" & "));
  }

  @ParameterizedTest
  @EnumSource(
      value = SectionKind.class,
      names = {
        "EMBEDDED_METADATA",
        "MEM_TOPOLOGY",
        "CONNECTIVITY",
        "IP_LAYOUT",
        "BITSTREAM",
        "USER_METADATA"
      })
  void sectionsThatAreMissing(SectionKind kind) {
    assertRefused(TestImage.of(ImageTarget.SW_EMU, folder).without(kind), "no section " + kind);
    assertRefused(TestImage.of(ImageTarget.HW_EMU, folder).without(kind), "no section " + kind);
  }

  @Test
  void otherTarget() {
    Path file = TestImage.of(ImageTarget.SW_EMU, folder).write(folder);
    ImageChecker.check(file, ImageTarget.SW_EMU);
    assertThatThrownBy(() -> ImageChecker.check(file, ImageTarget.HW_EMU))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContainingAll(
            "target sw_emu found", "target hw_emu expected", "--target hw_emu");
  }

  @Test
  void payloadOfAnotherKind() {
    byte[] archive = TestImage.of(ImageTarget.HW_EMU, folder).section(SectionKind.BITSTREAM);
    TestImage shared = TestImage.of(ImageTarget.SW_EMU, folder);
    assertRefused(shared.with(SectionKind.BITSTREAM, archive), "BITSTREAM", "ELF");
    TestImage simulated = TestImage.of(ImageTarget.HW_EMU, folder);
    assertRefused(simulated.with(SectionKind.BITSTREAM, TestImage.elf()), "BITSTREAM", "zip");
  }

  @Test
  void payloadCutShort() {
    TestImage image = TestImage.of(ImageTarget.SW_EMU, folder);
    image
        .edit(SectionKind.BITSTREAM)
        .putLong(40, 150)
        .putShort(58, (short) 64)
        .putShort(60, (short) 1);
    assertRefused(image, "BITSTREAM", "section headers of 64 bytes at 150");
  }

  private void assertRefused(TestImage image, String... named) {
    Path file = image.write(folder);
    assertThatThrownBy(() -> ImageChecker.check(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(named);
  }
}
