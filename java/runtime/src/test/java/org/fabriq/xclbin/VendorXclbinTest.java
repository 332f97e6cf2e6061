// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Xclbins as the vendor's linker makes them: more sections, more kernels, no statement of ours. */
class VendorXclbinTest {
  @TempDir private Path folder;

  private TestXclbin vendorXclbin() {
    TestXclbin xclbin =
        TestXclbin.of(XclbinTarget.SW_EMU, folder)
            .target(XclbinTarget.HW)
            .without(SectionKind.USER_METADATA)
            .with(SectionKind.BITSTREAM, new byte[4096])
            .with(SectionKind.BUILD_METADATA, text("{\"build_metadata\": {}}"))
            .with(SectionKind.SYSTEM_METADATA, new byte[3])
            .with(SectionKind.DEBUG_IP_LAYOUT, new byte[8 + 2 * 144])
            .with(SectionKind.CLOCK_FREQ_TOPOLOGY, new byte[2 + 136])
            .replace(
                SectionKind.EMBEDDED_METADATA,
                "<kernel ",
                "<userRegions/><kernel name=\"other\"><arg name=\"p\" id=\"0\""
                    + " addressQualifier=\"1\" offset=\"0x10\" size=\"0x8\""
                    + " hostSize=\"0x8\"/></kernel><kernel ");
    xclbin.edit(SectionKind.DEBUG_IP_LAYOUT).putShort(0, (short) 2);
    xclbin.edit(SectionKind.CLOCK_FREQ_TOPOLOGY).putShort(0, (short) 1);
    return xclbin
        .with(SectionKind.ASK_GROUP_TOPOLOGY, xclbin.section(SectionKind.MEM_TOPOLOGY))
        .with(SectionKind.ASK_GROUP_CONNECTIVITY, xclbin.section(SectionKind.CONNECTIVITY));
  }

  @Test
  void passes() {
    XclbinContent info = XclbinChecker.check(vendorXclbin().write(folder), XclbinTarget.HW);
    assertThat(info.target()).isEqualTo("hw");
    assertThat(info.contractStated()).isFalse();
    assertThat(info.kernels()).extracting(XclbinContent.Kernel::known).containsExactly(false, true);
  }

  @Test
  void passesWithSomeoneElsesUserMetadata() {
    TestXclbin xclbin = vendorXclbin().with(SectionKind.USER_METADATA, text("made on a Friday"));
    assertThat(XclbinChecker.check(xclbin.write(folder)).metadata()).isNull();
  }

  @Test
  void passesWithABareUuid() {
    byte[] xclbin = vendorXclbin().sealed();
    xclbin[AxlfLayout.UUID]++;
    assertThat(XclbinChecker.check(TestXclbin.write(folder.resolve("v.xclbin"), xclbin)).target())
        .isEqualTo("hw");
  }

  @Test
  void aStatedContractIsCompared() {
    byte[] statement =
        TestXclbin.of(XclbinTarget.SW_EMU, folder)
            .replace(SectionKind.USER_METADATA, "sw_emu", "hw")
            .section(SectionKind.USER_METADATA);
    TestXclbin xclbin = vendorXclbin().with(SectionKind.USER_METADATA, statement);
    assertThat(XclbinChecker.check(xclbin.write(folder)).contractStated()).isTrue();
    xclbin.replace(SectionKind.USER_METADATA, "\"version\" : 1", "\"version\" : 9");
    assertRefused(xclbin, "fabriq-numerics 9");
  }

  @Test
  void theInterfaceOfTheShellIsFound() {
    String uuid = "862c7020a250293e32036f19956669e5";
    TestXclbin xclbin = vendorXclbin();
    assertThat(check(xclbin).interfaceUuid()).isNull();
    xclbin.with(SectionKind.PARTITION_METADATA, deviceTree(uuid));
    assertThat(check(xclbin).interfaceUuid()).isEqualTo(uuid);
    byte[] whole = deviceTree(uuid);
    for (int length = 0; length < whole.length; length += 7) {
      xclbin.with(SectionKind.PARTITION_METADATA, java.util.Arrays.copyOf(whole, length));
      assertThat(check(xclbin).interfaceUuid()).as("of %d bytes", length).isNull();
    }
  }

  private XclbinContent check(TestXclbin xclbin) {
    return XclbinChecker.check(xclbin.write(folder));
  }

  /** What {@code / { interfaces { @0 { interface_uuid = "..."; }; }; };} compiles to. */
  private static byte[] deviceTree(String uuid) {
    ByteBuffer tree = ByteBuffer.allocate(256);
    tree.position(40);
    tree.putInt(1).putInt(0);
    tree.putInt(1).put(text("interfaces\0\0"));
    tree.putInt(1).put(text("@0\0\0"));
    tree.putInt(4);
    tree.putInt(3).putInt(33).putInt(5).put(text(uuid + "\0\0\0\0"));
    tree.putInt(2).putInt(2).putInt(2).putInt(9);
    int strings = tree.position();
    tree.put(text("name\0interface_uuid\0"));
    int size = tree.position();
    tree.putInt(0, 0xd00dfeed).putInt(4, size).putInt(8, 40).putInt(12, strings);
    return java.util.Arrays.copyOf(tree.array(), size);
  }

  @Test
  void otherOffsetsAreRefused() {
    assertRefused(
        vendorXclbin().replace(SectionKind.EMBEDDED_METADATA, "offset=\"0x28\"", "offset=\"0x2c\""),
        "0x2c");
  }

  @Test
  void tablesOfGroupsAreChecked() {
    TestXclbin topology = vendorXclbin();
    topology.with(SectionKind.ASK_GROUP_TOPOLOGY, new byte[] {2, 0, 0, 0});
    assertRefused(topology, "ASK_GROUP_TOPOLOGY");
    TestXclbin connectivity = vendorXclbin();
    byte[] table = connectivity.section(SectionKind.CONNECTIVITY).clone();
    ByteBuffer.wrap(table)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(TableLayout.CONNECTION_START + TableLayout.CONNECTION_MEMORY, 5);
    connectivity.with(SectionKind.ASK_GROUP_CONNECTIVITY, table);
    assertRefused(connectivity, "ASK_GROUP_CONNECTIVITY");
  }

  @Test
  void tablesThatXrtReadsAreChecked() {
    TestXclbin debug = vendorXclbin();
    debug.edit(SectionKind.DEBUG_IP_LAYOUT).putShort(0, (short) 3);
    assertRefused(debug, "DEBUG_IP_LAYOUT", "a count of 3");
    TestXclbin clocks = vendorXclbin();
    clocks.edit(SectionKind.CLOCK_FREQ_TOPOLOGY).putShort(0, (short) -1);
    assertRefused(clocks, "CLOCK_FREQ_TOPOLOGY", "a count of -1");
    byte[] softKernel = new byte[96];
    ByteBuffer.wrap(softKernel).order(ByteOrder.LITTLE_ENDIAN).putInt(20, 96);
    assertRefused(
        vendorXclbin().with(SectionKind.SOFT_KERNEL, softKernel), "SOFT_KERNEL", "a text at 96");
  }

  @Test
  void aBitstreamOrPdiIsNeeded() {
    TestXclbin xclbin = vendorXclbin().without(SectionKind.BITSTREAM);
    assertRefused(xclbin, "no section BITSTREAM");
    xclbin.with(SectionKind.PDI, new byte[64]);
    assertThat(XclbinChecker.check(xclbin.write(folder)).target()).isEqualTo("hw");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void assertRefused(TestXclbin xclbin, String... named) {
    Path file = xclbin.write(folder);
    assertThatThrownBy(() -> XclbinChecker.check(file))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(named);
  }
}
