// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;

/**
 * Packs the bitstream of a block design into an xclbin, for devices that have no Vitis platform:
 * one instance of each kernel, 64 KiB of registers each, interrupts in the order of the kernels,
 * one bank of memory from address 0 on, which every pointer reaches.
 *
 * @param bitstream a .bit file of Vivado
 * @param platform name of the design, 1 to 63 letters, digits, '-' and '_'
 * @param clockMhz of the kernels, 1 to 1000
 * @param kernels one or more, each once, in the order of their addresses
 * @param configuration of the sizes that {@code network_i8} was built in, as {@code zynq}; null if
 *     that is not among the kernels, or for {@code zynq}
 * @param base address of the first kernel's registers, a multiple of 64 KiB
 * @param memoryMib of the bank
 */
public record BitstreamXclbin(
    Path bitstream,
    String platform,
    int clockMhz,
    List<KernelDescriptor> kernels,
    String configuration,
    long base,
    int memoryMib) {
  private static final String MEMORY = "PSDDR";
  private static final int MAX_MEMORY_MIB = 1 << 22;

  /** Ends the preamble of every bitstream of the 7 series and later (UG470, UG570). */
  private static final byte[] SYNC_WORD = {(byte) 0xaa, (byte) 0x99, 0x55, 0x66};

  private static final int MAX_PREAMBLE = 1024;

  /**
   * Checks what can be checked without reading the bitstream.
   *
   * @throws InvalidArgumentException if a value is out of its range
   */
  public BitstreamXclbin {
    if (!platform.matches("[A-Za-z0-9_-]{1,63}")) {
      throw new InvalidArgumentException(
          "platform '%s'; give 1 to 63 letters, digits, - and _".formatted(platform));
    }
    XclbinBuilder.requireRange("clock in MHz", clockMhz, XclbinBuilder.MAX_CLOCK_MHZ);
    XclbinBuilder.requireRange("memory in MiB", memoryMib, MAX_MEMORY_MIB);
    XclbinBuilder.requireDistinct(kernels);
    XclbinMetadata.requireConfiguration(
        kernels.stream().map(KernelDescriptor::name).toList(), configuration);
    if (base < 0 || base % ComputeUnit.RANGE != 0) {
      throw new InvalidArgumentException(
          "base 0x%x; give a multiple of 0x%x".formatted(base, ComputeUnit.RANGE));
    }
    kernels = List.copyOf(kernels);
  }

  /**
   * Writes the xclbin and its manifest, each under a temporary name that is then moved over the
   * final one.
   *
   * @param tools name to version of what made the bitstream
   * @throws XclbinFormatException if the bitstream cannot be read or is none, or the xclbin cannot
   *     be written
   */
  public XclbinManifest write(Path file, Map<String, String> tools) {
    byte[] content = XclbinChecker.read(bitstream);
    requireBitstream(content);
    List<ComputeUnit> units = ComputeUnit.layOut(kernels, 1, base);
    XclbinMetadata metadata =
        new XclbinMetadata(
            XclbinMetadata.SCHEMA,
            XclbinTarget.HW.label(),
            platform,
            clockMhz,
            XclbinMetadata.kernels(units, configuration),
            null);
    byte[] bytes =
        new AxlfWriter(XclbinTarget.HW, platform, XclbinBuilder.timeStamp())
            .section(
                SectionKind.EMBEDDED_METADATA,
                MetadataXml.of(XclbinTarget.HW, platform, units, clockMhz))
            .section(SectionKind.MEM_TOPOLOGY, DeviceTables.memTopology(MEMORY, memoryMib * 1024L))
            .section(SectionKind.CONNECTIVITY, DeviceTables.connectivity(units))
            .section(SectionKind.IP_LAYOUT, DeviceTables.ipLayout(units))
            .section(SectionKind.USER_METADATA, XclbinJson.bytes(metadata))
            .section(SectionKind.BITSTREAM, content)
            .bytes();
    return XclbinFiles.write(file, new XclbinBuilder.Xclbin(bytes, metadata), tools);
  }

  private void requireBitstream(byte[] content) {
    for (int at = 0; at + SYNC_WORD.length <= Math.min(content.length, MAX_PREAMBLE); at++) {
      if (java.util.Arrays.equals(
          content, at, at + SYNC_WORD.length, SYNC_WORD, 0, SYNC_WORD.length)) {
        return;
      }
    }
    throw new XclbinFormatException(
        bitstream.toString(),
        "has no sync word aa995566 in its first %d bytes".formatted(MAX_PREAMBLE),
        "name the .bit file that Vivado wrote",
        null);
  }
}
