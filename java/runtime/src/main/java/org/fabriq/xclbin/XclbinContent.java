// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.fabriq.overlay.OverlayTarget;

/**
 * What a sound xclbin holds.
 *
 * @param file as it was named
 * @param bytes size of the file
 * @param sha256 of the file, lower-case hex
 * @param uuid as XRT prints it
 * @param interfaceUuid of the shell it was linked for, 32 digits; null if not stated
 * @param part of the bitstream, as {@code 7z020clg400}; null if not stated
 * @param timeStamp seconds since 1970
 * @param kernels all in the metadata, FabriQ's and others
 * @param clockMhz of the kernels, null if not stated
 * @param metadata what the xclbin states of itself, null if it does not
 * @param manifest of the file beside it, null if there is none
 */
public record XclbinContent(
    String file,
    long bytes,
    String sha256,
    String uuid,
    String target,
    String platform,
    String interfaceUuid,
    String part,
    long timeStamp,
    List<Section> sections,
    List<Memory> memories,
    List<Kernel> kernels,
    Integer clockMhz,
    XclbinMetadata metadata,
    XclbinManifest manifest) {
  /**
   * A section.
   *
   * @param kind its number
   * @param offset in the file
   */
  public record Section(int kind, String name, long offset, long bytes) {}

  /**
   * A bank of device memory.
   *
   * @param base device address
   * @param used whether a kernel is connected to it
   */
  public record Memory(String name, int type, long base, long kib, boolean used) {}

  /**
   * A kernel.
   *
   * @param known whether this version of FabriQ has its descriptor; then its signature is that
   */
  public record Kernel(
      String name, boolean known, List<Argument> arguments, List<Instance> instances) {}

  /**
   * An argument of a kernel.
   *
   * @param index null for one that hosts do not set
   * @param pointer whether it is the address of a buffer
   * @param offset in the register map
   * @param port AXI port
   */
  public record Argument(
      Integer index, String name, boolean pointer, long offset, long bytes, String port) {}

  /**
   * A compute unit.
   *
   * @param base address of its registers
   * @param control block protocol
   */
  public record Instance(String name, long base, String control) {}

  /** Whether the numeric contract of the kernels is stated, and so was compared. */
  public boolean contractStated() {
    return metadata != null || manifest != null && manifest.xclbin() != null;
  }

  /**
   * The sizes of its {@code network_i8}, for the programs of whole networks: those of the
   * configuration that it states, or of {@code zynq} if it states none; empty if it has no such
   * kernel.
   *
   * @throws org.fabriq.InvalidArgumentException if this version does not know the configuration
   */
  public Optional<OverlayTarget> overlay() {
    return networkConfiguration().map(OverlayTarget::named);
  }

  /** The name of that configuration. */
  public Optional<String> networkConfiguration() {
    if (kernels.stream().noneMatch(kernel -> kernel.name().equals(KernelDescriptor.NETWORK))) {
      return Optional.empty();
    }
    XclbinMetadata stated = metadata == null && manifest != null ? manifest.xclbin() : metadata;
    return Stream.ofNullable(stated)
        .flatMap(statement -> statement.kernels().stream())
        .filter(kernel -> kernel.name().equals(KernelDescriptor.NETWORK))
        .map(XclbinMetadata.Kernel::configuration)
        .filter(Objects::nonNull)
        .findFirst()
        .or(() -> Optional.of(OverlayTarget.DEFAULT.name()));
  }

  /** As JSON. */
  public JsonNode json() {
    return XclbinJson.MAPPER.valueToTree(this);
  }
}
