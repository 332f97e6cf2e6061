// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import ai.onnxruntime.OrtEnvironment;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic;

/**
 * ONNX Runtime, opened for a number of threads. Its s8 x s8 is 10 to 20 times slower than u8 x s8
 * on x86, so A is taken as u8: a XOR 80h with zero point 128 is the same number. Where u8 x s8
 * saturates (no VNNI), B is taken as u8 in the same way. A without negative codes is u8 as it is,
 * and then u8 x s8 is exact everywhere.
 */
final class OnnxRuntimeArithmetic implements CpuArithmetic {
  private static OrtEnvironment environment;
  private static Boolean signedB;

  private final int threads;

  OnnxRuntimeArithmetic(int threads) {
    this.threads = threads;
    synchronized (OnnxRuntimeArithmetic.class) {
      if (signedB == null) {
        signedB =
            ExactnessCheck.passes(weights -> OnnxIntegerProduct.ofSigned(this, weights, true));
      }
    }
  }

  /**
   * Loads the library once. (It returns nothing: a reference to a method that returns a type of the
   * library fails where it stands, not where it is called, if the library is not there.)
   */
  static synchronized void load() {
    if (environment == null) {
      environment = OrtEnvironment.getEnvironment();
    }
  }

  /** What {@link #load} loaded. */
  static synchronized OrtEnvironment environment() {
    return environment;
  }

  int threads() {
    return threads;
  }

  @Override
  public String description() {
    return "ONNX Runtime %s, f32 MatMul, int8 MatMulInteger %s, %d thread%s"
        .formatted(
            environment.getVersion(),
            signedB ? "u8s8" : "u8u8 (u8s8 saturates on this processor)",
            threads,
            threads == 1 ? "" : "s");
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Product prepare(MatmulWeights weights) {
    return weights instanceof WeightsI8I8 integer
        ? new ProductBySign(
            OnnxIntegerProduct.ofSigned(this, integer, signedB),
            () -> OnnxIntegerProduct.ofNonNegative(this, integer))
        : new OnnxFloatProduct(this, weights);
  }
}
