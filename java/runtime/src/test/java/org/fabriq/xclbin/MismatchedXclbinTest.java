// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound files for other kernels, contracts or targets; each is refused by its own name. */
class MismatchedXclbinTest {
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
    TestXclbin xclbin =
        TestXclbin.of(XclbinTarget.SW_EMU, folder).replace(SectionKind.EMBEDDED_METADATA, from, to);
    assertRefused(xclbin, named.split(" & "));
  }

  @Test
  void otherKernels() {
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder).ofAnotherKernel();
    assertRefused(
        xclbin, "kernels [vector_adder] found", "matmul_f32f32, matmul_f32i8, matmul_i8i8");
  }

  @Test
  void otherBlockProtocol() {
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    xclbin.edit(SectionKind.IP_LAYOUT).putInt(TableLayout.IP_START + TableLayout.IP_PROPERTIES, 1);
    assertRefused(xclbin, "IP_LAYOUT", "ap_ctrl_hs found", "ap_ctrl_chain expected");
  }

  @Test
  void instanceOfNoKernel() {
    TestXclbin xclbin =
        TestXclbin.of(XclbinTarget.SW_EMU, folder)
            .replace(SectionKind.IP_LAYOUT, "matmul_f32i8:", "matmul_f32x8:");
    assertRefused(xclbin, "IP_LAYOUT, offset 0x", "matmul_f32x8:matmul_f32i8_1");
  }

  @Test
  void kernelWithoutInstance() {
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    xclbin.edit(SectionKind.IP_LAYOUT).putInt(0, 0);
    xclbin.edit(SectionKind.CONNECTIVITY).putInt(0, 0);
    assertRefused(xclbin, "no instance of matmul_f32i8");
  }

  @Test
  void pointerWithoutMemory() {
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    xclbin.edit(SectionKind.CONNECTIVITY).putInt(0, 3);
    assertRefused(xclbin, "CONNECTIVITY", "matmul_f32i8_1 argument 3");
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
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    xclbin.edit(SectionKind.CONNECTIVITY).putInt(TableLayout.CONNECTION_START + field, value);
    assertRefused(xclbin, "CONNECTIVITY, offset 0x", named);
  }

  @ParameterizedTest
  @EnumSource(
      value = SectionKind.class,
      names = {"MEM_TOPOLOGY", "IP_LAYOUT", "CONNECTIVITY"})
  void countsBeyondTheSection(SectionKind table) {
    for (int count : new int[] {-1, 6, 4097, Integer.MAX_VALUE}) {
      TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
      xclbin.edit(table).putInt(0, count);
      assertRefused(xclbin, table.name(), "a count of " + count);
    }
  }

  @Test
  void textsWithoutEnd() {
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    xclbin
        .edit(SectionKind.MEM_TOPOLOGY)
        .put(TableLayout.MEMORY_START + TableLayout.MEMORY_TAG, "D".repeat(16).getBytes(US_ASCII));
    assertRefused(xclbin, "MEM_TOPOLOGY", "no end of the text");
  }

  @Test
  void memoryBeyondAllAddresses() {
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    xclbin
        .edit(SectionKind.MEM_TOPOLOGY)
        .putLong(TableLayout.MEMORY_START + TableLayout.MEMORY_BASE, Long.MAX_VALUE - 5);
    assertRefused(xclbin, "MEM_TOPOLOGY", "DDR[0]");
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
    TestXclbin xclbin =
        TestXclbin.of(XclbinTarget.SW_EMU, folder).replace(SectionKind.USER_METADATA, from, to);
    assertRefused(xclbin, "USER_METADATA");
    assertRefused(xclbin, named.split(" & "));
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
    assertRefused(TestXclbin.of(XclbinTarget.SW_EMU, folder).without(kind), "no section " + kind);
    assertRefused(TestXclbin.of(XclbinTarget.HW_EMU, folder).without(kind), "no section " + kind);
  }

  @Test
  void otherTarget() {
    Path file = TestXclbin.of(XclbinTarget.SW_EMU, folder).write(folder);
    XclbinChecker.check(file, XclbinTarget.SW_EMU);
    assertThatThrownBy(() -> XclbinChecker.check(file, XclbinTarget.HW_EMU))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(
            "target sw_emu found", "target hw_emu expected", "--target hw_emu");
  }

  @Test
  void payloadOfAnotherKind() {
    byte[] archive = TestXclbin.of(XclbinTarget.HW_EMU, folder).section(SectionKind.BITSTREAM);
    TestXclbin shared = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    assertRefused(shared.with(SectionKind.BITSTREAM, archive), "BITSTREAM", "ELF");
    TestXclbin simulated = TestXclbin.of(XclbinTarget.HW_EMU, folder);
    assertRefused(simulated.with(SectionKind.BITSTREAM, TestXclbin.elf()), "BITSTREAM", "zip");
  }

  @Test
  void payloadCutShort() {
    TestXclbin xclbin = TestXclbin.of(XclbinTarget.SW_EMU, folder);
    xclbin
        .edit(SectionKind.BITSTREAM)
        .putLong(40, 150)
        .putShort(58, (short) 64)
        .putShort(60, (short) 1);
    assertRefused(xclbin, "BITSTREAM", "section headers of 64 bytes at 150");
  }

  private void assertRefused(TestXclbin xclbin, String... named) {
    Path file = xclbin.write(folder);
    assertThatThrownBy(() -> XclbinChecker.check(file))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(named);
  }
}
