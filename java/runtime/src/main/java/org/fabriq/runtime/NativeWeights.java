// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.fabriq.bridge.Fabriq.*;

import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.OutputType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Tensor;

/** Weights behind the C ABI. */
final class NativeWeights implements Backend.Resident {
  private final WeightsHandle handle = new WeightsHandle();

  NativeWeights(DeviceHandle device, MatmulWeights weights) {
    Int8Output int8 =
        weights instanceof WeightsI8I8 integer ? integer.int8Output().orElse(null) : null;
    Tensor b = weights.packedB();
    NativeStatus.check(
        fabriq_weights_prepare(
            device,
            kernel(weights.type()),
            weights.k(),
            weights.n(),
            weights.bitsOfB(),
            b.memory(),
            NativeSubmission.bytes(b),
            weights.columns(),
            weights.columns().capacity(),
            output(weights.output()),
            int8 == null ? 0 : int8.zeroPoint(),
            int8 == null ? 0 : int8.qmin(),
            int8 == null ? 0 : int8.qmax(),
            handle));
  }

  @Override
  public long bytes() {
    long[] bytes = new long[1];
    NativeStatus.check(fabriq_weights_device_bytes(handle, bytes));
    return bytes[0];
  }

  @Override
  public void run(Tensor a, Tensor c, long timeoutNanos, StageTimes times) {
    NativeStatus.check(
        fabriq_multiply(
            handle,
            a.rows(),
            a.memory(),
            NativeSubmission.bytes(a),
            c.memory(),
            NativeSubmission.bytes(c),
            timeoutNanos,
            times == null ? null : times.values()));
  }

  @Override
  public Backend.Submission submit(Tensor a, long timeoutNanos) {
    RunHandle run = new RunHandle();
    NativeStatus.check(
        fabriq_submit(handle, a.rows(), a.memory(), NativeSubmission.bytes(a), timeoutNanos, run));
    return new NativeSubmission(run);
  }

  @Override
  public void release() {
    NativeStatus.check(fabriq_weights_release(handle));
  }

  private static int kernel(KernelType type) {
    return switch (type) {
      case F32F32 -> FABRIQ_MATMUL_F32F32;
      case F32I8 -> FABRIQ_MATMUL_F32I8;
      case I8I8 -> FABRIQ_MATMUL_I8I8;
    };
  }

  private static int output(OutputType type) {
    return switch (type) {
      case FLOAT32 -> FABRIQ_OUTPUT_F32;
      case INT8 -> FABRIQ_OUTPUT_I8;
      case INT32 -> FABRIQ_OUTPUT_I32;
    };
  }
}
