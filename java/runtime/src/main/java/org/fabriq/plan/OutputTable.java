// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.fabriq.model.Activation;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * What the 256 codes that a kernel may write stand for after the activation function: f(fl((q - Z)
 * * S)), made once. Buffers are read and written in parts through arrays, since direct buffers are
 * slow element by element. For use by one thread at a time.
 */
final class OutputTable implements OutputReader {
  private static final int CODES = 256;
  private static final int PART = 512;

  private final float[] values;
  private final byte[] codes = new byte[PART];
  private final float[] floats = new float[PART];

  OutputTable(float scale, int zero, Activation activation) {
    Float32Tensor table = Float32Tensor.allocate(CODES);
    for (int code = 0; code < CODES; code++) {
      table.set(code, (float) ((double) ((byte) code - zero) * scale));
    }
    activation.apply(table);
    values = table.toArray();
  }

  @Override
  public boolean activates() {
    return true;
  }

  @Override
  public void read(Tensor in, Float32Tensor out) {
    ByteBuffer from = in.memory();
    FloatBuffer to = out.floats();
    for (int i = 0; i < in.size(); i += PART) {
      int count = Math.min(PART, in.size() - i);
      from.get(i, codes, 0, count);
      for (int j = 0; j < count; j++) {
        floats[j] = values[codes[j] & (CODES - 1)];
      }
      to.put(i, floats, 0, count);
    }
  }
}
