// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Tensor;

/** One npy array within a stream: a file of its own, or an entry of an npz archive. */
final class NpyStream {
  private static final int CHUNK = 1 << 16;

  private NpyStream() {}

  /**
   * Reads one array, to its last byte.
   *
   * @param length the bytes the stream is known to hold, checked before anything is allocated
   */
  static Tensor read(InputStream in, long length, Location where) throws IOException {
    NpyHeader header = NpyHeader.read(in, where);
    NpyElement element = NpyElement.ofDtype(header.dtype(), where);
    header.checkLength(element.bytes(), length, where);
    Tensor tensor = allocate(header, element, where);
    readData(in, element, tensor, where);
    return header.fortranOrder() && tensor.rank() == 2 ? tensor.transpose() : tensor;
  }

  /** A matrix in Fortran order is, read row by row, its transpose. */
  private static Tensor allocate(NpyHeader header, NpyElement element, Location where) {
    int[] shape = header.shape();
    header.checkOrder(where);
    boolean swap = header.fortranOrder() && shape.length == 2;
    int[] stored = swap ? new int[] {shape[1], shape[0]} : shape;
    try {
      return Tensor.allocate(element.type(), stored);
    } catch (ShapeException e) {
      throw where.error("shape", e.getMessage(), "a shape within the limits", "reshape the array");
    }
  }

  private static void readData(InputStream in, NpyElement element, Tensor tensor, Location where)
      throws IOException {
    byte[] bytes = new byte[CHUNK];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < tensor.size(); ) {
      int count = Math.min(tensor.size() - done, CHUNK / element.bytes());
      int got = in.readNBytes(bytes, 0, count * element.bytes());
      if (got < count * element.bytes()) {
        String found = "the end after element " + (done + got / element.bytes());
        throw where.error("data", found, tensor.size() + " elements", Location.COPY_AGAIN);
      }
      int tooLarge = element.store(chunk, count, tensor.memory(), done);
      if (tooLarge >= 0) {
        String found = "a finite value over the range of fp32 at element " + tooLarge;
        throw where.error("data", found, "values that fit fp32", "scale the array");
      }
      done += count;
    }
  }

  static void write(OutputStream out, Tensor tensor) throws IOException {
    out.write(NpyHeader.of(tensor));
    ByteBuffer memory = tensor.memory();
    byte[] chunk = new byte[Math.min(CHUNK, memory.limit())];
    for (int done = 0; done < memory.limit(); done += chunk.length) {
      int count = Math.min(chunk.length, memory.limit() - done);
      memory.get(done, chunk, 0, count);
      out.write(chunk, 0, count);
    }
  }
}
