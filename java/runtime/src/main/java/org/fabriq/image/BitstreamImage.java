// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;

/**
 * Packs the bitstream of a block design into an image, for devices that have no Vitis platform: one
 * instance of each kernel, 64 KiB of registers each, interrupts in the order of the kernels, one
 * bank of memory from address 0 on, which every pointer reaches.
 *
 * @param bitstream a .bit file of Vivado
 * @param platform name of the design, 1 to 63 letters, digits, '-' and '_'
 * @param clockMhz of the kernels, 1 to 1000
 * @param kernels one or more, each once, in the order of their addresses
 * @param base address of the first kernel's registers, a multiple of 64 KiB
 * @param memoryMib of the bank
 */
public record BitstreamImage(
    Path bitstream,
    String platform,
    int clockMhz,
    List<KernelDescriptor> kernels,
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
  public BitstreamImage {
    if (!platform.matches("[A-Za-z0-9_-]{1,63}")) {
      throw new InvalidArgumentException(
          "platform '%s'; give 1 to 63 letters, digits, - and _".formatted(platform));
    }
    ImageBuilder.requireRange("clock in MHz", clockMhz, ImageBuilder.MAX_CLOCK_MHZ);
    ImageBuilder.requireRange("memory in MiB", memoryMib, MAX_MEMORY_MIB);
    ImageBuilder.requireDistinct(kernels);
    if (base < 0 || base % ComputeUnit.RANGE != 0) {
      throw new InvalidArgumentException(
          "base 0x%x; give a multiple of 0x%x".formatted(base, ComputeUnit.RANGE));
    }
    kernels = List.copyOf(kernels);
  }

  /**
   * Writes the image and its manifest, each under a temporary name that is then moved over the
   * final one.
   *
   * @param tools name to version of what made the bitstream
   * @throws ImageFormatException if the bitstream cannot be read or is none, or the image cannot be
   *     written
   */
  public ImageManifest write(Path file, Map<String, String> tools) {
    byte[] content = ImageChecker.read(bitstream);
    requireBitstream(content);
    List<ComputeUnit> units = ComputeUnit.layOut(kernels, 1, base);
    ImageMetadata metadata =
        new ImageMetadata(
            ImageMetadata.SCHEMA,
            ImageTarget.HW.label(),
            platform,
            clockMhz,
            ImageMetadata.kernels(units),
            null);
    byte[] bytes =
        new AxlfWriter(ImageTarget.HW, platform, ImageBuilder.timeStamp())
            .section(
                SectionKind.EMBEDDED_METADATA,
                MetadataXml.of(ImageTarget.HW, platform, units, clockMhz))
            .section(SectionKind.MEM_TOPOLOGY, DeviceTables.memTopology(MEMORY, memoryMib * 1024L))
            .section(SectionKind.CONNECTIVITY, DeviceTables.connectivity(units))
            .section(SectionKind.IP_LAYOUT, DeviceTables.ipLayout(units))
            .section(SectionKind.USER_METADATA, ImageJson.bytes(metadata))
            .section(SectionKind.BITSTREAM, content)
            .bytes();
    return ImageFiles.write(file, new ImageBuilder.Image(bytes, metadata), tools);
  }

  private void requireBitstream(byte[] content) {
    for (int at = 0; at + SYNC_WORD.length <= Math.min(content.length, MAX_PREAMBLE); at++) {
      if (java.util.Arrays.equals(
          content, at, at + SYNC_WORD.length, SYNC_WORD, 0, SYNC_WORD.length)) {
        return;
      }
    }
    throw new ImageFormatException(
        bitstream.toString(),
        "has no sync word aa995566 in its first %d bytes".formatted(MAX_PREAMBLE),
        "name the .bit file that Vivado wrote",
        null);
  }
}
