// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files of a healthy machine with a board, to be damaged. */
final class MachineCopy {
  static final int INTERRUPT_CONTROLLER = 7;
  static final String NODE = "/proc/device-tree/axi/zyxclmm_drm";
  static final String CARD = "/sys/bus/pci/devices/0000:03:00.1";
  static final String INTERFACE = "862c7020a250293e32036f19956669e5";

  private final Path root;

  private MachineCopy(Path root) {
    this.root = root;
    text(
        "/proc/self/status", "Name:\tjava\nUid:\t4001\t4001\nGid:\t4001\t4001\nGroups:\t4001 27\n");
    text("/etc/group", "root:x:0:\nrender:x:104:\n");
  }

  /** A KV260 with one compute unit, whose bitstream is loaded. */
  static MachineCopy kv260(Path root) {
    MachineCopy machine = new MachineCopy(root);
    machine.text("/proc/device-tree/compatible", "xlnx,zynqmp-smk-k26-rev1\0xlnx,zynqmp\0");
    machine.text("/proc/device-tree/model", "ZynqMP SMK-K26 Rev1/B/A\0");
    String controller = "/proc/device-tree/axi/interrupt-controller@f9010000";
    machine.text(controller + "/interrupt-controller", "");
    machine.cells(controller + "/phandle", INTERRUPT_CONTROLLER);
    machine.cells(controller + "/#interrupt-cells", 3);
    machine.text(NODE + "/compatible", "xlnx,zocl\0");
    machine.cells(NODE + "/interrupt-parent", INTERRUPT_CONTROLLER);
    machine.cells(NODE + "/interrupts", 0, 89, 4);
    machine.text("/sys/module/zocl/version", "2.13.0,f5505e402c2ca1ffe45eb6d3a9399b23a0dc8776");
    machine.text("/proc/modules", "zocl 192512 0 - Live 0x0000000000000000 (O)\n");
    machine.text("/sys/class/fpga_manager/fpga0/state", "operating\n");
    machine.text(
        "/proc/meminfo", "MemTotal: 4030880 kB\nCmaTotal: 524288 kB\nCmaFree: 400000 kB\n");
    machine.link("/sys/class/drm/renderD128/device/driver", "../../bus/platform/drivers/zocl-drm");
    machine.text("/usr/lib/aarch64-linux-gnu/libxrt_coreutil.so.2", "");
    machine.text("/usr/lib/aarch64-linux-gnu/libxrt_coreutil.so.2.13.0", "");
    machine.node("rw-rw-rw-");
    return machine;
  }

  /** A host with an Alveo U50. */
  static MachineCopy u50(Path root) {
    MachineCopy machine = new MachineCopy(root);
    machine.text(CARD + "/vendor", "0x10ee\n");
    machine.text(CARD + "/rom.u.0/VBNV", "xilinx_u50_gen3x16_xdma_base_5\n");
    machine.text(CARD + "/interface_uuids", INTERFACE + "\n");
    machine.text(CARD + "/drm/renderD128/dev", "226:128\n");
    machine.link(CARD + "/driver", "../../drivers/xocl");
    machine.text("/sys/bus/pci/devices/0000:00:00.0/vendor", "0x8086\n");
    machine.text("/sys/module/xocl/version", "2.13.466");
    machine.text("/opt/xilinx/xrt/lib/libxrt_coreutil.so.2.13.466", "");
    machine.node("rw-rw-rw-");
    return machine;
  }

  Path root() {
    return root;
  }

  void node(String permissions) {
    text("/dev/dri/renderD128", "");
    try {
      Files.setPosixFilePermissions(
          path("/dev/dri/renderD128"), PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void text(String file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  void cells(String file, int... cells) {
    ByteBuffer bytes = ByteBuffer.allocate(cells.length * Integer.BYTES);
    bytes.asIntBuffer().put(cells);
    write(file, bytes.array());
  }

  void link(String file, String target) {
    try {
      Files.createDirectories(path(file).getParent());
      Files.createSymbolicLink(path(file), Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a file or folder. */
  void remove(String file) {
    try (Stream<Path> all = Files.walk(path(file))) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String file) {
    return root.resolve(file.substring(1));
  }

  private void write(String file, byte[] content) {
    try {
      Files.createDirectories(path(file).getParent());
      Files.write(path(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
