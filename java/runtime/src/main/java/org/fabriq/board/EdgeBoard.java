// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fabriq.xclbin.XclbinContent;

/**
 * A board whose processor and fabric are one chip (Zynq-7000, Zynq UltraScale+): driver zocl, which
 * finds interrupts in the device tree and takes buffers from contiguous memory (CMA). Sources: XRT,
 * src/runtime_src/core/edge/drm/zocl; its issue 9737.
 */
final class EdgeBoard {
  private static final String DRIVER = "zocl";
  private static final long LEAST_CMA_KIB = 64 << 10;

  private final HostFiles files;
  private final DeviceTree tree;
  private final DeviceNodes nodes;
  private final XclbinContent xclbin;

  /**
   * @param xclbin that is to run, null if none
   */
  EdgeBoard(HostFiles files, DeviceTree tree, XclbinContent xclbin) {
    this.files = files;
    this.tree = tree;
    this.nodes = new DeviceNodes(files);
    this.xclbin = xclbin;
  }

  /** Whether the device tree is that of such a board. */
  static boolean is(DeviceTree tree) {
    return tree.compatible().stream().anyMatch(text -> text.startsWith("xlnx,zynq"));
  }

  List<Finding> inspect() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("board", tree.model() + ", edge: " + family()));
    findings.add(driver());
    findings.add(fabric());
    if (nodes.names(DRIVER).isEmpty()) {
      findings.add(
          Finding.wrong(
              "device node", "no /dev/dri/renderD* is zocl's, which has not found its node"));
    }
    nodes.names(DRIVER).forEach(name -> findings.add(nodes.find(name)));
    findings.add(interrupts());
    findings.add(memory());
    findings.add(XrtVersions.compare(files, DRIVER));
    if (xclbin != null) {
      findings.add(xclbin());
    }
    return findings;
  }

  private String family() {
    return tree.compatible().stream()
        .filter(text -> text.startsWith("xlnx,zynq"))
        .reduce((first, second) -> second)
        .orElse("");
  }

  private Finding driver() {
    return files.hasModule(DRIVER)
        ? Finding.ok("driver", "zocl is loaded")
        : Finding.wrong(
            "driver",
            "zocl is not loaded; as root: modprobe zocl, or install it (PetaLinux: package zocl;"
                + " Ubuntu: apt-get install xrt-dkms)");
  }

  private Finding fabric() {
    for (Path manager : files.list("/sys/class/fpga_manager")) {
      String state = HostFiles.text(manager.resolve("state")).orElse("unknown");
      return state.equals("operating")
          ? Finding.ok("fabric", "a bitstream is loaded")
          : Finding.wrong(
              "fabric",
              "no bitstream is loaded (state: %s); Kria: sudo xmutil loadapp fabriq; others:"
                      .formatted(state)
                  + " sudo fpgautil -b fabriq.bit.bin -o fabriq.dtbo");
    }
    return Finding.warning(
        "fabric", "there is no FPGA manager to tell whether a bitstream is loaded");
  }

  private Finding interrupts() {
    Optional<Path> node = tree.find("xlnx,zocl");
    if (node.isEmpty()) {
      return Finding.wrong(
          "interrupts",
          "the device tree has no node of zocl; load the xclbin's overlay, fabriq.dtbo (Kria: sudo"
              + " xmutil loadapp fabriq)");
    }
    int count = tree.interrupts(node.get());
    int units =
        xclbin == null ? 1 : xclbin.kernels().stream().mapToInt(k -> k.instances().size()).sum();
    if (count >= units) {
      return Finding.ok("interrupts", "%d for compute units".formatted(count));
    }
    return Finding.wrong(
        "interrupts",
        ("%s: %d interrupts, %d compute units, so zocl polls and each run takes 500 ms; give it"
                + " interrupt-parent and interrupts, as fabriq.dts does, and load zocl again")
            .formatted(tree.name(node.get()), count, units));
  }

  private Finding memory() {
    long total = kib("CmaTotal");
    String text = "%d MiB for buffers (CMA), %d free".formatted(total >> 10, kib("CmaFree") >> 10);
    return total >= LEAST_CMA_KIB
        ? Finding.ok("memory", text)
        : Finding.warning(
            "memory", text + "; for large batches add cma=128M to the kernel's arguments");
  }

  private long kib(String key) {
    return files
        .value("/proc/meminfo", key)
        .map(text -> Long.parseLong(text.replaceAll("\\D", "")))
        .orElse(0L);
  }

  private Finding xclbin() {
    String part = xclbin.part();
    boolean ultrascale = family().contains("zynqmp");
    if (part != null && ultrascale == part.toLowerCase(Locale.ROOT).contains("7z")) {
      return Finding.wrong(
          "xclbin",
          ("%s is for part %s, this is %s; build it for this board: scripts/build-xclbin.sh"
                  + " --platform NAME --target hw")
              .formatted(xclbin.file(), part, family()));
    }
    for (String name : nodes.names(DRIVER)) {
      Optional<String> loaded = files.text("/sys/class/drm/" + name + "/device/xclbinid");
      if (loaded.isPresent() && !loaded.get().isEmpty() && !loaded.get().contains(xclbin.uuid())) {
        return Finding.warning(
            "xclbin",
            "zocl holds %s, not %s of %s; its bitstream must be loaded before it is opened"
                .formatted(loaded.get(), xclbin.uuid(), xclbin.file()));
      }
    }
    return Finding.ok("xclbin", "%s, for %s".formatted(xclbin.uuid(), xclbin.platform()));
  }
}
