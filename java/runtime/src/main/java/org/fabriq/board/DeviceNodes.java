// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** The files /dev/dri/renderD*, and whether the user may open them. */
final class DeviceNodes {
  private static final String FOLDER = "/dev/dri";
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> GROUP =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final HostFiles files;

  DeviceNodes(HostFiles files) {
    this.files = files;
  }

  /** What is true of one node, as {@code renderD128}. */
  Finding find(String name) {
    Path node = files.path(FOLDER + "/" + name);
    String shown = FOLDER + "/" + name;
    if (!Files.exists(node)) {
      return Finding.wrong(
          "device node", shown + " is missing; load the driver again, as root: udevadm trigger");
    }
    try {
      return mayOpen(node)
          ? Finding.ok("device node", shown + ", may be read and written")
          : Finding.wrong("device node", closed(node, shown));
    } catch (IOException e) {
      return Finding.wrong("device node", shown + ": " + e);
    }
  }

  /** The nodes of a driver, as {@code zocl}, and those whose driver is not known. */
  List<String> names(String driver) {
    return files.list(FOLDER).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.startsWith("renderD"))
        .filter(
            name ->
                files
                    .linkName("/sys/class/drm/" + name + "/device/driver")
                    .map(found -> found.startsWith(driver))
                    .orElse(true))
        .toList();
  }

  private String closed(Path node, String shown) throws IOException {
    String text = "user %d may not read and write %s; ".formatted(files.user(), shown);
    return Files.getPosixFilePermissions(node).containsAll(GROUP)
        ? text
            + "join its group and log in again: sudo usermod -aG %s $USER"
                .formatted(files.groupName(group(node)))
        : text
            + "give it XRT's rule: echo 'KERNEL==\"renderD*\",MODE=\"0666\"' | sudo tee"
            + " /etc/udev/rules.d/10-zocl.rules && sudo udevadm trigger";
  }

  private boolean mayOpen(Path node) throws IOException {
    if (files.user() == 0) {
      return true;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(node);
    if (((Number) Files.getAttribute(node, "unix:uid")).longValue() == files.user()) {
      return permissions.containsAll(OWNER);
    }
    if (files.groups().contains((long) group(node))) {
      return permissions.containsAll(GROUP);
    }
    return permissions.containsAll(OTHERS);
  }

  private static int group(Path node) throws IOException {
    return ((Number) Files.getAttribute(node, "unix:gid")).intValue();
  }
}
