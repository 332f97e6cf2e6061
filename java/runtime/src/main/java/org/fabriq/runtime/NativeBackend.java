// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.fabriq.bridge.Fabriq.*;

import java.util.OptionalInt;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.OutputType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Tensor;

/** A device behind the C ABI, reached through the JavaCPP bridge. */
final class NativeBackend implements Backend {
  private final DeviceHandle handle = new DeviceHandle();
  private final String description;
  private final OptionalInt clockMhz;

  NativeBackend(String address) {
    this(address, "", OptionalInt.empty());
  }

  /**
   * @param remark for the end of the description, or empty
   */
  NativeBackend(String address, String remark, OptionalInt clockMhz) {
    this.clockMhz = clockMhz;
    NativeStatus.check(fabriq_device_open(address, handle));
    String own = fabriq_device_description(handle).getString();
    this.description = remark.isEmpty() ? own : own + ", " + remark;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public OptionalInt clockMhz() {
    return clockMhz;
  }

  @Override
  public Resident prepare(MatmulWeights weights) {
    return new NativeResident(handle, weights);
  }

  @Override
  public DeviceMemory memory() {
    long[] buffers = new long[1];
    long[] bytes = new long[1];
    NativeStatus.check(fabriq_device_memory(handle, buffers, bytes));
    return new DeviceMemory(buffers[0], bytes[0]);
  }

  @Override
  public void reset() {
    NativeStatus.check(fabriq_device_reset(handle));
  }

  @Override
  public void ping() {
    NativeStatus.check(fabriq_device_ping(handle));
  }

  @Override
  public void close() {
    NativeStatus.check(fabriq_device_close(handle));
  }

  private static final class NativeResident implements Resident {
    private final WeightsHandle handle = new WeightsHandle();

    NativeResident(DeviceHandle device, MatmulWeights weights) {
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
              sizeOf(b),
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
              sizeOf(a),
              c.memory(),
              sizeOf(c),
              timeoutNanos,
              times == null ? null : times.values()));
    }

    @Override
    public Submission submit(Tensor a, long timeoutNanos) {
      RunHandle run = new RunHandle();
      NativeStatus.check(fabriq_submit(handle, a.rows(), a.memory(), sizeOf(a), timeoutNanos, run));
      return new NativeSubmission(run);
    }

    @Override
    public void release() {
      NativeStatus.check(fabriq_weights_release(handle));
    }
  }

  private record NativeSubmission(RunHandle run) implements Submission {
    @Override
    public void await(Tensor c, long timeoutNanos, StageTimes times) {
      NativeStatus.check(
          fabriq_run_wait(
              run, c.memory(), sizeOf(c), timeoutNanos, times == null ? null : times.values()));
    }

    @Override
    public void release() {
      NativeStatus.check(fabriq_run_release(run));
    }
  }

  private static long sizeOf(Tensor tensor) {
    return (long) tensor.size() * tensor.elementBytes();
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
