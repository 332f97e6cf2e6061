// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import java.nio.ByteBuffer;
import org.fabriq.quant.CodeLoops;

/** Loops on the JDK's Vector API, where the JVM was started with it and vectors are of 256 bits. */
public final class VectorCodeLoops implements CodeLoops {
  @Override
  public boolean available() {
    return ModuleLayer.boot().findModule(VectorCpuLibrary.MODULE).isPresent()
        && CodeVectors.available();
  }

  @Override
  public int lanes() {
    return CodeVectors.FLOATS.length();
  }

  @Override
  public int quantize(
      ByteBuffer values,
      ByteBuffer codes,
      int from,
      int to,
      float scale,
      int zeroPoint,
      int qmin,
      int qmax) {
    return CodeVectors.quantize(values, codes, from, to, scale, zeroPoint, qmin, qmax);
  }

  @Override
  public int dequantize(
      ByteBuffer codes, ByteBuffer values, int from, int to, float scale, int zeroPoint) {
    return CodeVectors.dequantize(codes, values, from, to, scale, zeroPoint);
  }

  @Override
  public int requantize(
      int[] acc, float[] multipliers, byte[] codes, int from, int zeroPoint, int qmin, int qmax) {
    return CodeVectors.requantize(acc, multipliers, codes, from, zeroPoint, qmin, qmax);
  }
}
