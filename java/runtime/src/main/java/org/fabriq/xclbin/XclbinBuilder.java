// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.overlay.OverlayTarget;

/**
 * Builds xclbins for emulation. Equal inputs give equal bytes, on every machine; different content
 * gives another UUID. Not thread-safe.
 *
 * <p>The header's time stamp is that of the environment variable SOURCE_DATE_EPOCH, else fixed.
 */
public final class XclbinBuilder {
  /** Label of the clock when none is given. */
  public static final int DEFAULT_CLOCK_MHZ = 300;

  /** The most instances of a kernel. */
  public static final int MAX_INSTANCES = 8;

  static final int MAX_CLOCK_MHZ = 1000;

  /** 2026-01-01, as the build's own archives have. */
  private static final long FIXED_TIME_STAMP = 1767225600;

  private final XclbinTarget target;
  private final Path payload;
  private List<KernelDescriptor> kernels = KernelDescriptor.all();
  private int instances = 1;
  private int clockMhz = DEFAULT_CLOCK_MHZ;

  /**
   * @param target {@link XclbinTarget#SW_EMU} or {@link XclbinTarget#HW_EMU}
   * @param payload {@code libfabriq_kernels.so} for the one, {@code fabriq_emulator} for the other
   */
  public XclbinBuilder(XclbinTarget target, Path payload) {
    if (target == XclbinTarget.HW) {
      throw new InvalidArgumentException(
          "target hw cannot be built here, only sw_emu and hw_emu; build it with the vendor's v++: "
              + target.buildCommand());
    }
    this.target = target;
    this.payload = payload;
  }

  /** Sets the kernels, one or more, each once; the default is all. */
  public XclbinBuilder kernels(List<KernelDescriptor> chosen) {
    requireDistinct(chosen);
    this.kernels = List.copyOf(chosen);
    return this;
  }

  static void requireDistinct(List<KernelDescriptor> chosen) {
    if (chosen.isEmpty() || chosen.stream().distinct().count() != chosen.size()) {
      throw new InvalidArgumentException(
          "kernels %s; name one or more, each once"
              .formatted(chosen.stream().map(KernelDescriptor::name).toList()));
    }
  }

  /** Sets the instances of each kernel, 1 (the default) to {@value #MAX_INSTANCES}. */
  public XclbinBuilder instances(int count) {
    requireRange("instances", count, MAX_INSTANCES);
    this.instances = count;
    return this;
  }

  /**
   * Sets the clock in MHz, 1 to 1000. Emulation does not run by it: sw_emu has no clock, hw_emu
   * counts cycles; the figure is what turns a count of cycles into time.
   */
  public XclbinBuilder clockMhz(int megahertz) {
    requireRange("clock in MHz", megahertz, MAX_CLOCK_MHZ);
    this.clockMhz = megahertz;
    return this;
  }

  static void requireRange(String what, int value, int limit) {
    if (value < 1 || value > limit) {
      throw new InvalidArgumentException("%s %d; choose 1 to %d".formatted(what, value, limit));
    }
  }

  /**
   * Writes the xclbin and its manifest, each under a temporary name that is then moved over the
   * final one.
   *
   * @return the manifest
   * @throws XclbinFormatException if the payload is missing or is not what it should be, or the
   *     xclbin cannot be written
   */
  public XclbinManifest write(Path file) {
    return build().write(file);
  }

  /** An xclbin in memory. */
  record Xclbin(byte[] bytes, XclbinMetadata metadata) {
    XclbinManifest write(Path file) {
      return XclbinFiles.write(file, this, Map.of());
    }

    byte[] uuid() {
      return Arrays.copyOfRange(bytes, AxlfLayout.UUID, AxlfLayout.UUID + AxlfLayout.UUID_BYTES);
    }
  }

  Xclbin build() {
    byte[] content = read(payload);
    ElfFile.check(Region.of(content, payload.toString()));
    List<ComputeUnit> units = ComputeUnit.layOut(kernels, instances, ComputeUnit.EMULATION_BASE);
    byte[] xml = MetadataXml.of(target, MetadataXml.EMULATION, units, clockMhz);
    XclbinMetadata metadata = metadata(units, content);
    byte[] bytes =
        new AxlfWriter(target, MetadataXml.EMULATION, timeStamp())
            .section(SectionKind.EMBEDDED_METADATA, xml)
            .section(
                SectionKind.MEM_TOPOLOGY,
                DeviceTables.memTopology(DeviceTables.MEMORY, DeviceTables.MEMORY_KIB))
            .section(SectionKind.CONNECTIVITY, DeviceTables.connectivity(units))
            .section(SectionKind.IP_LAYOUT, DeviceTables.ipLayout(units))
            .section(SectionKind.USER_METADATA, XclbinJson.bytes(metadata))
            .section(
                SectionKind.BITSTREAM,
                target == XclbinTarget.SW_EMU ? content : SimulatorArchive.of(content, xml))
            .bytes();
    return new Xclbin(bytes, metadata);
  }

  private XclbinMetadata metadata(List<ComputeUnit> units, byte[] content) {
    return new XclbinMetadata(
        XclbinMetadata.SCHEMA,
        target.label(),
        MetadataXml.EMULATION,
        clockMhz,
        XclbinMetadata.kernels(units, OverlayTarget.DEFAULT.name()),
        new XclbinMetadata.Payload(
            payload.getFileName().toString(), content.length, Digest.sha256(content)));
  }

  /** A payload's bytes. */
  static byte[] read(Path payload) {
    try {
      return Files.readAllBytes(payload);
    } catch (IOException e) {
      throw new XclbinFormatException(
          payload.toString(),
          "cannot be read: " + e,
          "build FabriQ with libxrt-dev installed, or name another file",
          e);
    }
  }

  static long timeStamp() {
    String epoch = System.getenv("SOURCE_DATE_EPOCH");
    try {
      return epoch == null ? FIXED_TIME_STAMP : Long.parseUnsignedLong(epoch);
    } catch (NumberFormatException e) {
      throw new InvalidArgumentException(
          "SOURCE_DATE_EPOCH=%s; give seconds since 1970, or unset it".formatted(epoch));
    }
  }
}
