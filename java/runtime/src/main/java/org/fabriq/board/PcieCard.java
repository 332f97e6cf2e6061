// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fabriq.xclbin.XclbinContent;

/**
 * A card on PCIe, by one of its functions: driver xocl, shell in sysfs. Sources: XRT,
 * src/runtime_src/core/pcie/driver/linux/xocl, its documentation "Linux Sys FileSystem Nodes".
 */
final class PcieCard {
  private static final String XILINX = "0x10ee";
  private static final String DRIVER = "xocl";

  private final HostFiles files;
  private final Path function;
  private final XclbinContent xclbin;

  private PcieCard(HostFiles files, Path function, XclbinContent xclbin) {
    this.files = files;
    this.function = function;
    this.xclbin = xclbin;
  }

  /** Findings about all cards; nothing if there is none. */
  static List<Finding> inspect(HostFiles files, XclbinContent xclbin) {
    List<PcieCard> functions =
        files.list("/sys/bus/pci/devices").stream()
            .filter(path -> HostFiles.text(path.resolve("vendor")).orElse("").equals(XILINX))
            .map(path -> new PcieCard(files, path, xclbin))
            .toList();
    List<PcieCard> users = functions.stream().filter(PcieCard::isBound).toList();
    List<Finding> findings = new ArrayList<>();
    if (users.isEmpty() && !functions.isEmpty()) {
      findings.add(Finding.ok("board", "PCIe: " + functions.get(0).address()));
      findings.add(
          Finding.wrong(
              "driver",
              files.hasModule(DRIVER)
                  ? "xocl is loaded but holds no card; see dmesg, and whether the card has its"
                      + " shell: sudo xbmgmt examine"
                  : "xocl is not loaded; as root: modprobe xocl, or install XRT with its drivers"));
    }
    users.forEach(card -> card.inspect(findings));
    return findings;
  }

  private String address() {
    return function.getFileName().toString();
  }

  /** Whether it is the function that users open. */
  private boolean isBound() {
    return HostFiles.linkName(function.resolve("driver")).filter(DRIVER::equals).isPresent();
  }

  private void inspect(List<Finding> findings) {
    findings.add(
        Finding.ok("board", "PCIe: %s, %s".formatted(address(), shell().orElse("shell not told"))));
    findings.add(Finding.ok("driver", "xocl holds " + address()));
    List<Path> nodes =
        HostFiles.list(function.resolve("drm")).stream()
            .filter(path -> path.getFileName().toString().startsWith("renderD"))
            .toList();
    if (nodes.isEmpty()) {
      findings.add(Finding.wrong("device node", "xocl made none for " + address() + "; see dmesg"));
    }
    nodes.forEach(node -> findings.add(new DeviceNodes(files).find(node.getFileName().toString())));
    findings.add(XrtVersions.compare(files, DRIVER));
    if (xclbin != null) {
      findings.add(xclbin());
    }
  }

  /** The platform that its shell is of, as {@code xilinx_u50_gen3x16_xdma_base_5}. */
  private Optional<String> shell() {
    return subfolders("rom")
        .flatMap(rom -> HostFiles.text(rom.resolve("VBNV")).stream())
        .findFirst();
  }

  private Stream<Path> subfolders(String prefix) {
    return HostFiles.list(function).stream()
        .filter(path -> path.getFileName().toString().startsWith(prefix));
  }

  private Finding xclbin() {
    List<String> interfaces =
        HostFiles.text(function.resolve("interface_uuids")).stream()
            .flatMap(String::lines)
            .map(line -> line.replace("-", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    String remedy =
        "; build it for this shell (scripts/build-xclbin.sh --platform NAME --target hw"
            + " --vitis-platform PLATFORM), or program the shell it is for: sudo xbmgmt program"
            + " --device BDF --base (sudo xbmgmt examine tells BDF)";
    if (xclbin.interfaceUuid() != null && !interfaces.isEmpty()) {
      return interfaces.contains(xclbin.interfaceUuid())
          ? Finding.ok("xclbin", "%s, for this shell".formatted(xclbin.uuid()))
          : Finding.wrong(
              "xclbin",
              "%s is for a shell with interface %s, this one has %s"
                      .formatted(
                          xclbin.file(), xclbin.interfaceUuid(), String.join(", ", interfaces))
                  + remedy);
    }
    Optional<String> shell = shell();
    if (shell.isEmpty()) {
      return Finding.warning(
          "xclbin", "the card does not tell its shell, so it cannot be compared");
    }
    if (shell.get().equals(xclbin.platform())) {
      return Finding.ok("xclbin", "%s, for %s".formatted(xclbin.uuid(), shell.get()));
    }
    String text =
        "%s is for %s, the card has %s".formatted(xclbin.file(), xclbin.platform(), shell.get());
    return card(shell.get()).equals(card(xclbin.platform()))
        ? Finding.warning("xclbin", text + "; whether they fit the xclbin does not tell")
        : Finding.wrong("xclbin", text + remedy);
  }

  /** The vendor and card of a platform's or shell's name, as {@code xilinx_u50}. */
  private static String card(String platform) {
    return platform.replaceFirst("^([^_]+_[^_]+).*", "$1");
  }
}
