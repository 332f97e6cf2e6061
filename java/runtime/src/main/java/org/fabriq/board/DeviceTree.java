// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The device tree as the kernel shows it: a folder per node, a file per property, numbers of 32
 * bits big-endian (Devicetree Specification 0.4).
 */
final class DeviceTree {
  private static final int MAX_DEPTH = 6;

  private final Path root;
  private final List<Path> nodes;

  DeviceTree(HostFiles files) {
    Path link = files.path("/proc/device-tree");
    Path base = files.path("/sys/firmware/devicetree/base");
    root = Files.isSymbolicLink(link) ? base : Files.exists(link) ? link : base;
    nodes = nodes(root);
  }

  /** What the board says it is; empty if there is no device tree. */
  List<String> compatible() {
    return texts(root, "compatible");
  }

  String model() {
    return String.join(" ", texts(root, "model"));
  }

  /** The first node that is compatible with something of this beginning. */
  Optional<Path> find(String compatible) {
    return nodes.stream()
        .filter(
            node ->
                texts(node, "compatible").stream().anyMatch(text -> text.startsWith(compatible)))
        .findFirst();
  }

  /** Its path in the device tree. */
  String name(Path node) {
    return "/" + root.relativize(node);
  }

  /** Number of interrupts a node states, 0 if none of them can be delivered. */
  int interrupts(Path node) {
    int[] extended = cells(node, "interrupts-extended");
    if (extended.length > 0) {
      return extended.length / (1 + controllerCells(extended[0]).orElse(extended.length));
    }
    int[] stated = cells(node, "interrupts");
    return interruptParent(node)
        .flatMap(this::controllerCells)
        .map(perInterrupt -> stated.length / perInterrupt)
        .orElse(0);
  }

  /** The phandle of the nearest interrupt-parent, of the node or of one around it. */
  private Optional<Integer> interruptParent(Path node) {
    for (Path at = node; at.startsWith(root); at = at.getParent()) {
      int[] parent = cells(at, "interrupt-parent");
      if (parent.length == 1) {
        return Optional.of(parent[0]);
      }
    }
    return Optional.empty();
  }

  private Optional<Integer> controllerCells(int phandle) {
    return nodes.stream()
        .filter(node -> Arrays.equals(cells(node, "phandle"), new int[] {phandle}))
        .filter(node -> Files.exists(node.resolve("interrupt-controller")))
        .map(node -> cells(node, "#interrupt-cells"))
        .filter(cells -> cells.length == 1 && cells[0] > 0)
        .map(cells -> cells[0])
        .findFirst();
  }

  private static List<Path> nodes(Path root) {
    try (Stream<Path> all = Files.walk(root, MAX_DEPTH)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static int[] cells(Path node, String property) {
    try {
      byte[] bytes = Files.readAllBytes(node.resolve(property));
      int[] cells = new int[bytes.length / Integer.BYTES];
      ByteBuffer.wrap(bytes).asIntBuffer().get(cells);
      return cells;
    } catch (IOException e) {
      return new int[0];
    }
  }

  static List<String> texts(Path node, String property) {
    try {
      String text = new String(Files.readAllBytes(node.resolve(property)), US_ASCII);
      return Arrays.stream(text.split("\0")).filter(part -> !part.isBlank()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
