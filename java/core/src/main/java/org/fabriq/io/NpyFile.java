// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.tensor.Tensor;

/**
 * One array in numpy's npy form. What is read and written is said in {@link NpzFile}; both throw
 * {@link org.fabriq.FileFormatException}.
 */
public final class NpyFile {
  private NpyFile() {}

  /** Reads the array of a file. */
  public static Tensor read(Path file) {
    Location where = Location.ofFile(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return NpyStream.read(in, Files.size(file), where);
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  /** Writes a tensor, over what the file held; the same tensor gives the same bytes. */
  public static void write(Path file, Tensor tensor) {
    try (OutputStream out = Files.newOutputStream(file)) {
      NpyStream.write(out, tensor);
    } catch (IOException e) {
      throw Location.of(file).unwritable(e);
    }
  }
}
