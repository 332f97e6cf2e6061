// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks images before XRT, which trusts them, sees them. Any file gives an {@link ImageInfo} or an
 * {@link ImageFormatException}; memory and time are in proportion to its size (and to what its
 * archive unpacks to, which is limited). Images of any tool pass if they are sound and their
 * kernels are those of the descriptors; sections and attributes that FabriQ does not know may be
 * there.
 *
 * <p>Checked are the container, the tables, the metadata, the payload (a whole ELF file or a whole
 * archive), signatures, the numeric contract where it is stated, and the manifest beside the file
 * where there is one. This finds damage and mix-ups; it is no signature, so an image of an enemy
 * still runs that enemy's code.
 *
 * <p>Blocks while it reads. Thread-safe.
 */
public final class ImageChecker {
  private static final long MAX_BYTES = 1L << 30;

  private final Region file;
  private final AxlfReader image;

  private ImageChecker(byte[] content, String name) {
    file = Region.of(content, name);
    image = AxlfReader.read(file);
  }

  /**
   * Checks an image for whatever target it has.
   *
   * @throws ImageFormatException if it is not sound
   */
  public static ImageInfo check(Path file) {
    return check(file, null);
  }

  /**
   * Checks an image.
   *
   * @param expected the target it must have; null for any
   * @throws ImageFormatException if it is not sound, or for another target
   */
  public static ImageInfo check(Path file, ImageTarget expected) {
    return check(read(file), file, expected);
  }

  /** Checks the content of a file. */
  static ImageInfo check(byte[] content, Path file, ImageTarget expected) {
    ImageChecker checker = new ImageChecker(content, file.toString());
    return checker.checkAll(content, file, expected, ImageManifest.beside(file));
  }

  /** Checks the content of a file and passes its manifest over. */
  static ImageInfo checkAlone(byte[] content, Path file) {
    return new ImageChecker(content, file.toString()).checkAll(content, file, null, null);
  }

  /** All of an image. */
  static byte[] read(Path file) {
    return read(file, MAX_BYTES);
  }

  /** Whether a file is an image of the target that has the UUID of its content; quick. */
  static boolean isIntact(Path file, ImageTarget target) {
    try {
      byte[] content = read(file);
      AxlfReader image = AxlfReader.read(Region.of(content, file.toString()));
      return image.target() == target && Arrays.equals(image.uuid(), Digest.imageUuid(content));
    } catch (ImageFormatException e) {
      return false;
    }
  }

  private static byte[] read(Path file, long limit) {
    try {
      long bytes = Files.size(file);
      if (bytes > limit || !Files.isRegularFile(file)) {
        throw new ImageFormatException(
            file.toString(),
            "file",
            bytes > limit ? bytes + " bytes" : "a folder or device",
            "a file of at most " + limit + " bytes",
            "name an xclbin file");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ImageFormatException(
          file.toString(),
          "no such file",
          "check the path, or build it: " + ImageTarget.buildCommands(),
          e);
    } catch (IOException | OutOfMemoryError e) {
      throw new ImageFormatException(
          file.toString(), "cannot be read: " + e, "check its permissions, and -Xmx", e);
    }
  }

  private ImageInfo checkAll(byte[] content, Path path, ImageTarget expected, Path manifestFile) {
    ImageTarget target = image.target();
    if (expected != null && target != expected) {
      throw file.error(
          AxlfLayout.MODE,
          "target " + target,
          "target " + expected,
          "open it with a %s device, or build one for %s: %s"
              .formatted(target, expected, expected.buildCommand()));
    }
    KernelList list = MetadataReader.read(image.require(SectionKind.EMBEDDED_METADATA));
    checkCoreTarget(list, target);
    List<ImageInfo.Memory> memories = TableReader.memories(image.require(SectionKind.MEM_TOPOLOGY));
    SignatureCheck signatures = new SignatureCheck(image, memories.size());
    List<ImageInfo.Kernel> kernels = signatures.check(list);
    checkGroups(signatures.ips().size(), memories.size());
    TableReader.checkOthers(image);
    boolean own = checkPayload(target);
    ImageMetadata metadata = metadata(target, kernels, own, content);
    String sha256 = Digest.sha256(content);
    String uuid = Digest.uuidText(image.uuid());
    ImageManifest manifest = manifest(manifestFile, sha256, uuid, kernels, metadata);
    return new ImageInfo(
        path.toString(),
        content.length,
        sha256,
        uuid,
        target.label(),
        image.platform(),
        interfaceUuid(),
        part(target),
        image.timeStamp(),
        image.sections(),
        memories,
        kernels,
        list.clockMhz(),
        metadata,
        manifest);
  }

  private void checkCoreTarget(KernelList list, ImageTarget target) {
    if (target != ImageTarget.HW && !target.coreTarget().equals(list.target())) {
      throw image
          .require(SectionKind.EMBEDDED_METADATA)
          .error("core target " + list.target(), target.coreTarget(), Region.REMEDY);
    }
  }

  /** XRT prefers the tables of groups where they are there. */
  private void checkGroups(int ips, int memories) {
    Optional<Region> groups = image.find(SectionKind.ASK_GROUP_TOPOLOGY);
    int count = groups.map(table -> TableReader.memories(table).size()).orElse(memories);
    image
        .find(SectionKind.ASK_GROUP_CONNECTIVITY)
        .ifPresent(table -> TableReader.connections(table, ips, count));
  }

  /** Whether the payload is one of FabriQ's. */
  private boolean checkPayload(ImageTarget target) {
    if (target == ImageTarget.HW) {
      if (image.find(SectionKind.PDI).isEmpty()) {
        image.require(SectionKind.BITSTREAM);
      }
      return false;
    }
    Region payload = image.require(SectionKind.BITSTREAM);
    if (target == ImageTarget.SW_EMU) {
      ElfFile.check(payload);
      return true;
    }
    Set<String> names = SimulatorArchiveReader.check(payload);
    return names.contains(SimulatorArchive.EMULATOR);
  }

  private String interfaceUuid() {
    return image
        .find(SectionKind.PARTITION_METADATA)
        .map(PartitionMetadata::interfaceUuid)
        .orElseGet(image::interfaceUuid);
  }

  private String part(ImageTarget target) {
    return target == ImageTarget.HW
        ? image.find(SectionKind.BITSTREAM).map(BitstreamHeader::part).orElse(null)
        : null;
  }

  private ImageMetadata metadata(
      ImageTarget target, List<ImageInfo.Kernel> kernels, boolean own, byte[] content) {
    Optional<Region> section =
        own
            ? Optional.of(image.require(SectionKind.USER_METADATA))
            : image.find(SectionKind.USER_METADATA).filter(StatementCheck::isOwn);
    if (section.isEmpty()) {
      return null;
    }
    ImageMetadata metadata = StatementCheck.read(section.get(), ImageMetadata.class);
    StatementCheck.check(metadata, section.get(), target, kernels);
    if (own) {
      String found = Digest.uuidText(image.uuid());
      String expected = Digest.uuidText(Digest.imageUuid(content));
      if (!found.equals(expected)) {
        throw file.error(AxlfLayout.UUID, "uuid " + found, expected + ", of its content");
      }
    }
    return metadata;
  }

  private ImageManifest manifest(
      Path beside,
      String sha256,
      String uuid,
      List<ImageInfo.Kernel> kernels,
      ImageMetadata embedded) {
    if (beside == null || Files.notExists(beside)) {
      return null;
    }
    Region region = Region.of(read(beside, MAX_BYTES), beside.toString()).part("manifest");
    ImageManifest manifest = StatementCheck.read(region, ImageManifest.class);
    StatementCheck.require(region, "schema " + manifest.schema(), "schema " + ImageManifest.SCHEMA);
    StatementCheck.require(region, "sha256 " + manifest.sha256(), "sha256 " + sha256);
    StatementCheck.require(region, "uuid " + manifest.uuid(), "uuid " + uuid);
    if (manifest.image() == null || embedded != null && !embedded.equals(manifest.image())) {
      throw region.error(
          "another \"image\"", "that of the section USER_METADATA", SignatureCheck.REMEDY);
    }
    StatementCheck.check(manifest.image(), region, image.target(), kernels);
    return manifest;
  }
}
