// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import java.nio.file.Path;
import java.util.List;
import org.fabriq.xclbin.XclbinContent;

/**
 * Looks for a board and for what it needs: driver, bitstream, permissions, interrupts, memory,
 * versions, and whether an xclbin is for it. Reads files only, opens no device, needs no rights;
 * milliseconds.
 */
public final class BoardInspection {
  private BoardInspection() {}

  /**
   * What is right and wrong with the boards of a machine.
   *
   * @param root folder that holds the machine's /proc, /sys, /dev, /etc and libraries: / for this
   *     one
   * @param xclbin that is to run there, checked; null for none
   * @return nothing if there is no board
   */
  public static List<Finding> inspect(Path root, XclbinContent xclbin) {
    HostFiles files = new HostFiles(root);
    DeviceTree tree = new DeviceTree(files);
    return EdgeBoard.is(tree)
        ? new EdgeBoard(files, tree, xclbin).inspect()
        : PcieCard.inspect(files, xclbin);
  }
}
