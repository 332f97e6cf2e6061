// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.nio.file.Path;
import java.util.Map;
import org.fabriq.InvalidArgumentException;

/**
 * The file beside an xclbin, {@code <xclbin>.json}: what the xclbin is and where it comes from.
 *
 * @param schema 1; raised when a field changes its meaning
 * @param file name of the xclbin
 * @param bytes its size
 * @param sha256 of the whole file, lower-case hex
 * @param uuid of the header, as XRT prints it
 * @param xclbin what the xclbin states of itself; the field was called {@code image} once
 * @param sourceCommit of FabriQ, or "unknown"
 * @param tools name to version of what made it
 * @param resources name to count of what it takes of a device; null for emulation
 */
public record XclbinManifest(
    int schema,
    String file,
    long bytes,
    String sha256,
    String uuid,
    @JsonAlias("image") XclbinMetadata xclbin,
    String sourceCommit,
    Map<String, String> tools,
    Map<String, Long> resources) {
  /** The schema this version writes. */
  public static final int SCHEMA = 1;

  /**
   * Checks an xclbin that another tool made, and writes its manifest beside it: that its kernels
   * are those of the descriptors, their numeric contract among it. A manifest that is there is
   * replaced.
   *
   * @param clockMhz of the kernels, for an xclbin that does not state it; null for one that does
   * @param configuration of the sizes that its {@code network_i8} was built in, as {@code zynq};
   *     null for an xclbin that states what it is, or has no such kernel, or for {@code zynq}
   * @param tools name to version of what made it
   * @throws XclbinFormatException if the xclbin is not sound, states no clock where none is given,
   *     or its folder is not writable
   * @throws InvalidArgumentException if the configuration is not known, or no kernel of the xclbin
   *     has one, or the xclbin states what it is
   */
  public static XclbinManifest describe(
      Path xclbin, Integer clockMhz, String configuration, Map<String, String> tools) {
    byte[] content = XclbinChecker.read(xclbin);
    XclbinContent info = XclbinChecker.checkAlone(content, xclbin);
    Integer clock = info.clockMhz() == null ? clockMhz : info.clockMhz();
    if (clock == null) {
      throw new XclbinFormatException(
          xclbin.toString(), "states no kernel clock", "give it with --clock MHZ", null);
    }
    if (info.metadata() != null && configuration != null) {
      throw new InvalidArgumentException(
          "configuration '%s', but %s states itself what it is; leave the configuration out"
              .formatted(configuration, xclbin));
    }
    XclbinMetadata metadata =
        info.metadata() == null ? XclbinMetadata.of(info, clock, configuration) : info.metadata();
    return XclbinFiles.writeManifest(xclbin, new XclbinBuilder.Xclbin(content, metadata), tools);
  }

  /** Where an xclbin's manifest is. */
  public static Path beside(Path xclbin) {
    return xclbin.resolveSibling(xclbin.getFileName() + ".json");
  }
}
