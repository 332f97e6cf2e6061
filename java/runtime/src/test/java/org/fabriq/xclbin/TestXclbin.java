// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An xclbin of one kernel with a stand-in payload, taken apart to be changed and sealed again. */
public final class TestXclbin {
  static final KernelDescriptor KERNEL = KernelDescriptor.of("matmul_f32i8");

  private XclbinTarget target;
  private final Map<SectionKind, byte[]> sections = new LinkedHashMap<>();

  private TestXclbin(XclbinTarget target) {
    this.target = target;
  }

  /** The header of an ELF file without tables, and some bytes. */
  static byte[] elf() {
    ByteBuffer elf = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    elf.putInt(0, 0x464c457f).putShort(4, (short) 0x0102).put(6, (byte) 1);
    elf.putShort(16, (short) 3).putShort(18, (short) 62);
    for (int i = ElfFile.HEADER_BYTES; i < elf.capacity(); i++) {
      elf.put(i, (byte) (i * 37));
    }
    return elf.array();
  }

  static Path payload(Path folder) {
    return write(folder.resolve("payload"), elf());
  }

  static XclbinBuilder builder(XclbinTarget target, Path folder) {
    return new XclbinBuilder(target, payload(folder)).kernels(List.of(KERNEL));
  }

  static byte[] bytes(XclbinTarget target, Path folder) {
    return builder(target, folder).build().bytes();
  }

  /** The xclbin's parts; it is one of {@link #KERNEL}. */
  public static TestXclbin of(XclbinTarget target, Path folder) {
    return of(target, folder, KERNEL);
  }

  static TestXclbin of(XclbinTarget target, Path folder, KernelDescriptor kernel) {
    byte[] bytes =
        new XclbinBuilder(target, payload(folder)).kernels(List.of(kernel)).build().bytes();
    AxlfReader reader = AxlfReader.read(Region.of(bytes, "xclbin"));
    TestXclbin xclbin = new TestXclbin(target);
    for (XclbinContent.Section section : reader.sections()) {
      SectionKind kind = SectionKind.valueOf(section.name());
      Region region = reader.require(kind);
      xclbin.sections.put(kind, region.bytes(0, region.size()));
    }
    return xclbin;
  }

  /** Sets the target in the header. */
  public TestXclbin target(XclbinTarget other) {
    target = other;
    return this;
  }

  TestXclbin without(SectionKind kind) {
    sections.remove(kind);
    return this;
  }

  TestXclbin with(SectionKind kind, byte[] content) {
    sections.put(kind, content);
    return this;
  }

  /** Replaces a text in a section; it must be there. */
  TestXclbin replace(SectionKind kind, String from, String to) {
    String text = new String(sections.get(kind), ISO_8859_1);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(kind + " has no " + from);
    }
    return with(
        kind,
        text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)).getBytes(ISO_8859_1));
  }

  /** Makes it an xclbin of a kernel that FabriQ does not know. */
  public TestXclbin ofAnotherKernel() {
    return replace(SectionKind.EMBEDDED_METADATA, KERNEL.name(), "vector_adder")
        .replace(SectionKind.IP_LAYOUT, KERNEL.name() + ":", "vector_adder:");
  }

  /** Takes one argument of the kernel away. */
  public TestXclbin withAnArgumentLess() {
    return replace(SectionKind.EMBEDDED_METADATA, "id=\"6\"", "id=\"\"");
  }

  byte[] section(SectionKind kind) {
    return sections.get(kind);
  }

  /** A section to be changed in place, little-endian. */
  ByteBuffer edit(SectionKind kind) {
    return ByteBuffer.wrap(sections.get(kind)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The xclbin with the UUID of its content. */
  byte[] sealed() {
    AxlfWriter writer = new AxlfWriter(target, MetadataXml.EMULATION, 0);
    sections.forEach(writer::section);
    return writer.bytes();
  }

  /** Writes the xclbin, with the UUID of its content. */
  public Path write(Path folder) {
    return write(folder.resolve("changed.xclbin"), sealed());
  }

  static byte[] seal(byte[] xclbin) {
    System.arraycopy(Digest.xclbinUuid(xclbin), 0, xclbin, AxlfLayout.UUID, AxlfLayout.UUID_BYTES);
    return xclbin;
  }

  static Path write(Path file, byte[] content) {
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
