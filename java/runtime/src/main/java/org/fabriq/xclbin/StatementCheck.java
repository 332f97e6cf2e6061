// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Compares what an xclbin or its manifest states of the kernels, numeric contracts above all, with
 * the descriptors and with the xclbin.
 */
final class StatementCheck {
  private static final int MAX_BYTES = 1 << 20;

  private StatementCheck() {}

  /** Whether a section for anyone's use is FabriQ's. */
  static boolean isOwn(Region section) {
    try {
      return section.size() <= MAX_BYTES
          && XclbinJson.MAPPER.readTree(section.bytes(0, section.size())).path("kernels").isArray();
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads JSON of a known schema. */
  static <T> T read(Region json, Class<T> type) {
    if (json.size() > MAX_BYTES) {
      throw json.error(json.size() + " bytes", "at most " + MAX_BYTES, Region.REMEDY);
    }
    try {
      T value = XclbinJson.MAPPER.readValue(json.bytes(0, json.size()), type);
      if (value == null) {
        throw json.error("null", "an object", Region.REMEDY);
      }
      return value;
    } catch (IOException e) {
      throw json.error(
          Region.shortened(String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing")),
          "JSON of " + type.getSimpleName(),
          Region.REMEDY);
    }
  }

  /**
   * @param where what states it
   * @param kernels of the xclbin
   */
  static void check(
      XclbinMetadata stated,
      Region where,
      XclbinTarget target,
      List<XclbinContent.Kernel> kernels) {
    require(where, "schema " + stated.schema(), "schema " + XclbinMetadata.SCHEMA);
    require(where, "target " + stated.target(), "target " + target);
    for (XclbinContent.Kernel kernel : kernels) {
      if (kernel.known()) {
        check(stated, where, kernel, KernelDescriptor.of(kernel.name()));
      }
    }
  }

  private static void check(
      XclbinMetadata stated,
      Region where,
      XclbinContent.Kernel kernel,
      KernelDescriptor descriptor) {
    String name = kernel.name();
    XclbinMetadata.Kernel found =
        Objects.requireNonNullElse(stated.kernels(), List.<XclbinMetadata.Kernel>of()).stream()
            .filter(candidate -> candidate != null && name.equals(candidate.name()))
            .findFirst()
            .orElseThrow(() -> where.error("no kernel " + name, "it", SignatureCheck.REMEDY));
    require(
        where,
        "%s with contract %s".formatted(name, found.contract()),
        "%s with contract %s".formatted(name, descriptor.contract()));
    require(
        where,
        "%s with %s".formatted(name, found.control()),
        "%s with %s".formatted(name, descriptor.control()));
    if (!XclbinMetadata.arguments(descriptor).equals(found.arguments())) {
      throw where.error(
          "other arguments of " + name,
          "those of hls/kernels/" + name + ".json",
          SignatureCheck.REMEDY);
    }
    List<XclbinMetadata.Instance> instances = XclbinMetadata.instances(kernel);
    require(
        where,
        "%s with instances %s".formatted(name, found.instances()),
        "%s with instances %s".formatted(name, instances));
  }

  static void require(Region where, String found, String expected) {
    if (!found.equals(expected)) {
      throw where.error(Region.shortened(found), Region.shortened(expected), SignatureCheck.REMEDY);
    }
  }
}
