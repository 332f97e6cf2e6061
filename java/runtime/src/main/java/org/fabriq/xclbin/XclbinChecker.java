// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks xclbins before XRT, which trusts them, sees them. Any file gives an {@link XclbinContent}
 * or an {@link XclbinFormatException}; memory and time are in proportion to its size (and to what
 * its archive unpacks to, which is limited). Xclbins of any tool pass if they are sound and their
 * kernels are those of the descriptors; sections and attributes that FabriQ does not know may be
 * there.
 *
 * <p>Checked are the container, the tables, the metadata, the payload (a whole ELF file or a whole
 * archive), signatures, the numeric contract where it is stated, and the manifest beside the file
 * where there is one. This finds damage and mix-ups; it is no signature, so an xclbin of an enemy
 * still runs that enemy's code.
 *
 * <p>Blocks while it reads. Thread-safe.
 */
public final class XclbinChecker {
  private static final long MAX_BYTES = 1L << 30;

  private final Region file;
  private final AxlfReader xclbin;

  private XclbinChecker(byte[] content, String name) {
    file = Region.of(content, name);
    xclbin = AxlfReader.read(file);
  }

  /**
   * Checks an xclbin for whatever target it has.
   *
   * @throws XclbinFormatException if it is not sound
   */
  public static XclbinContent check(Path file) {
    return check(file, null);
  }

  /**
   * Checks an xclbin.
   *
   * @param expected the target it must have; null for any
   * @throws XclbinFormatException if it is not sound, or for another target
   */
  public static XclbinContent check(Path file, XclbinTarget expected) {
    return check(read(file), file, expected);
  }

  /** Checks the content of a file. */
  static XclbinContent check(byte[] content, Path file, XclbinTarget expected) {
    XclbinChecker checker = new XclbinChecker(content, file.toString());
    return checker.checkAll(content, file, expected, XclbinManifest.beside(file));
  }

  /** Checks the content of a file and passes its manifest over. */
  static XclbinContent checkAlone(byte[] content, Path file) {
    return new XclbinChecker(content, file.toString()).checkAll(content, file, null, null);
  }

  /** All of an xclbin. */
  static byte[] read(Path file) {
    return read(file, MAX_BYTES);
  }

  /** Whether a file is an xclbin of the target that has the UUID of its content; quick. */
  static boolean isIntact(Path file, XclbinTarget target) {
    try {
      byte[] content = read(file);
      AxlfReader xclbin = AxlfReader.read(Region.of(content, file.toString()));
      return xclbin.target() == target && Arrays.equals(xclbin.uuid(), Digest.xclbinUuid(content));
    } catch (XclbinFormatException e) {
      return false;
    }
  }

  private static byte[] read(Path file, long limit) {
    try {
      long bytes = Files.size(file);
      if (bytes > limit || !Files.isRegularFile(file)) {
        throw new XclbinFormatException(
            file.toString(),
            "file",
            bytes > limit ? bytes + " bytes" : "a folder or device",
            "a file of at most " + limit + " bytes",
            "name an xclbin file");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new XclbinFormatException(
          file.toString(),
          "no such file",
          "check the path, or build it: " + XclbinTarget.buildCommands(),
          e);
    } catch (IOException | OutOfMemoryError e) {
      throw new XclbinFormatException(
          file.toString(), "cannot be read: " + e, "check its permissions, and -Xmx", e);
    }
  }

  private XclbinContent checkAll(
      byte[] content, Path path, XclbinTarget expected, Path manifestFile) {
    XclbinTarget target = xclbin.target();
    if (expected != null && target != expected) {
      throw file.error(
          AxlfLayout.MODE,
          "target " + target,
          "target " + expected,
          "open it with a %s device, or build one for %s: %s"
              .formatted(target, expected, expected.buildCommand()));
    }
    KernelList list = MetadataReader.read(xclbin.require(SectionKind.EMBEDDED_METADATA));
    checkCoreTarget(list, target);
    List<XclbinContent.Memory> memories =
        TableReader.memories(xclbin.require(SectionKind.MEM_TOPOLOGY));
    SignatureCheck signatures = new SignatureCheck(xclbin, memories.size());
    List<XclbinContent.Kernel> kernels = signatures.check(list);
    checkGroups(signatures.ips().size(), memories.size());
    TableReader.checkOthers(xclbin);
    boolean own = checkPayload(target);
    XclbinMetadata metadata = metadata(target, kernels, own, content);
    String sha256 = Digest.sha256(content);
    String uuid = Digest.uuidText(xclbin.uuid());
    XclbinManifest manifest = manifest(manifestFile, sha256, uuid, kernels, metadata);
    return new XclbinContent(
        path.toString(),
        content.length,
        sha256,
        uuid,
        target.label(),
        xclbin.platform(),
        interfaceUuid(),
        part(target),
        xclbin.timeStamp(),
        xclbin.sections(),
        memories,
        kernels,
        list.clockMhz(),
        metadata,
        manifest);
  }

  private void checkCoreTarget(KernelList list, XclbinTarget target) {
    if (target != XclbinTarget.HW && !target.coreTarget().equals(list.target())) {
      throw xclbin
          .require(SectionKind.EMBEDDED_METADATA)
          .error("core target " + list.target(), target.coreTarget(), Region.REMEDY);
    }
  }

  /** XRT prefers the tables of groups where they are there. */
  private void checkGroups(int ips, int memories) {
    Optional<Region> groups = xclbin.find(SectionKind.ASK_GROUP_TOPOLOGY);
    int count = groups.map(table -> TableReader.memories(table).size()).orElse(memories);
    xclbin
        .find(SectionKind.ASK_GROUP_CONNECTIVITY)
        .ifPresent(table -> TableReader.connections(table, ips, count));
  }

  /** Whether the payload is one of FabriQ's. */
  private boolean checkPayload(XclbinTarget target) {
    if (target == XclbinTarget.HW) {
      if (xclbin.find(SectionKind.PDI).isEmpty()) {
        xclbin.require(SectionKind.BITSTREAM);
      }
      return false;
    }
    Region payload = xclbin.require(SectionKind.BITSTREAM);
    if (target == XclbinTarget.SW_EMU) {
      ElfFile.check(payload);
      return true;
    }
    Set<String> names = SimulatorArchiveReader.check(payload);
    return names.contains(SimulatorArchive.EMULATOR);
  }

  private String interfaceUuid() {
    return xclbin
        .find(SectionKind.PARTITION_METADATA)
        .map(PartitionMetadata::interfaceUuid)
        .orElseGet(xclbin::interfaceUuid);
  }

  private String part(XclbinTarget target) {
    return target == XclbinTarget.HW
        ? xclbin.find(SectionKind.BITSTREAM).map(BitstreamHeader::part).orElse(null)
        : null;
  }

  private XclbinMetadata metadata(
      XclbinTarget target, List<XclbinContent.Kernel> kernels, boolean own, byte[] content) {
    Optional<Region> section =
        own
            ? Optional.of(xclbin.require(SectionKind.USER_METADATA))
            : xclbin.find(SectionKind.USER_METADATA).filter(StatementCheck::isOwn);
    if (section.isEmpty()) {
      return null;
    }
    XclbinMetadata metadata = StatementCheck.read(section.get(), XclbinMetadata.class);
    StatementCheck.check(metadata, section.get(), target, kernels);
    if (own) {
      String found = Digest.uuidText(xclbin.uuid());
      String expected = Digest.uuidText(Digest.xclbinUuid(content));
      if (!found.equals(expected)) {
        throw file.error(AxlfLayout.UUID, "uuid " + found, expected + ", of its content");
      }
    }
    return metadata;
  }

  private XclbinManifest manifest(
      Path beside,
      String sha256,
      String uuid,
      List<XclbinContent.Kernel> kernels,
      XclbinMetadata embedded) {
    if (beside == null || Files.notExists(beside)) {
      return null;
    }
    Region region = Region.of(read(beside, MAX_BYTES), beside.toString()).part("manifest");
    XclbinManifest manifest = StatementCheck.read(region, XclbinManifest.class);
    StatementCheck.require(
        region, "schema " + manifest.schema(), "schema " + XclbinManifest.SCHEMA);
    StatementCheck.require(region, "sha256 " + manifest.sha256(), "sha256 " + sha256);
    StatementCheck.require(region, "uuid " + manifest.uuid(), "uuid " + uuid);
    if (manifest.xclbin() == null || embedded != null && !embedded.equals(manifest.xclbin())) {
      throw region.error(
          "another \"xclbin\"", "that of the section USER_METADATA", SignatureCheck.REMEDY);
    }
    StatementCheck.check(manifest.xclbin(), region, xclbin.target(), kernels);
    return manifest;
  }
}
