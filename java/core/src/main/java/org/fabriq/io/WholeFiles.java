// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files that belong together: each is written beside its place, and all are moved there only once
 * all are whole, so that a failure leaves none of them half, or one without the other, and a reader
 * sees each of them whole or not at all. For one thread; others may write the same files.
 */
public final class WholeFiles implements AutoCloseable {
  private static final AtomicLong PARTS = new AtomicLong();

  private final Map<Path, Path> parts = new LinkedHashMap<>();

  /** Where to write what becomes a file; a link stays one. */
  public Path part(Path file) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    String name =
        ".%s.%d.%d.part"
            .formatted(
                target.getFileName(), ProcessHandle.current().pid(), PARTS.incrementAndGet());
    Path part = target.resolveSibling(name);
    parts.put(part, target);
    return part;
  }

  /** Puts all files in their places, over what was there. */
  public void finish() throws IOException {
    for (Map.Entry<Path, Path> part : parts.entrySet()) {
      try {
        Files.move(part.getKey(), part.getValue(), StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part.getKey(), part.getValue(), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Deletes what was not finished. */
  @Override
  public void close() throws IOException {
    for (Path part : parts.keySet()) {
      Files.deleteIfExists(part);
    }
  }
}
