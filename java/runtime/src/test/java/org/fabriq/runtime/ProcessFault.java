// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.xclbin.XclbinBuilder;
import org.fabriq.xclbin.XclbinTarget;

/** What can happen to a device process that runs; faulty_kernels.cpp chooses by n. */
enum ProcessFault implements Fault {
  KILLED("device process killed", 1, DeviceFailedException.class) {
    @Override
    void happen(Running running) {
      ProcessStatus.emulators().forEach(ProcessHandle::destroyForcibly);
    }
  },
  KILLED_IN_A_RUN("device process killed in a run", 62, DeviceFailedException.class) {
    @Override
    ThrowingCallable use(Running running) {
      Completion completion = running.submit();
      ProcessStatus.emulators().forEach(ProcessHandle::destroyForcibly);
      return () -> {
        try (completion) {
          completion.await();
        }
      };
    }
  },
  EXITS("device process exits in a run", 61, DeviceFailedException.class),
  CRASHES("device process crashes in a run", 63, DeviceFailedException.class),
  KERNEL_HANGS("kernel does not end, deadline 300 ms", 62, KernelTimeoutException.class),
  HANGS("device process hangs, deadline 300 ms", 1, KernelTimeoutException.class) {
    @Override
    void happen(Running running) throws IOException, InterruptedException {
      for (ProcessHandle process : ProcessStatus.emulators()) {
        String id = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-STOP", id).start().waitFor()).isZero();
      }
    }
  },
  DIRECTORY_REMOVED(
      "device process killed, its directory removed", 1, DeviceFailedException.class) {
    @Override
    void happen(Running running) throws IOException, InterruptedException {
      for (ProcessHandle process : ProcessStatus.emulators()) {
        process.destroyForcibly();
      }
      List<String> remove =
          List.of(
              "sh", "-c", "rm -r /tmp/fabriq-xrt-%d-*".formatted(ProcessHandle.current().pid()));
      assertThat(new ProcessBuilder(remove).start().waitFor()).isZero();
    }
  };

  private final String text;
  private final int n;
  private final Class<? extends Throwable> error;

  ProcessFault(String text, int n, Class<? extends Throwable> error) {
    this.text = text;
    this.n = n;
    this.error = error;
  }

  /** An open device whose kernels may be faulty. */
  static final class Running implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofMillis(300);

    private final Device device;
    private final MatmulKernel kernel;
    private final PreparedWeights weights;
    private final Int8Tensor a = Int8Tensor.allocate(1, 1);
    private final Int32Tensor c;

    Running(String address, int n) {
      device = Device.open(address);
      kernel = device.matmul(KernelType.I8I8);
      weights =
          kernel.prepare(WeightsI8I8.raw(Int8Tensor.allocate(1, n), 0, new int[n], new int[n]));
      c = Int32Tensor.allocate(1, n);
    }

    void multiply() {
      kernel.multiply(a, weights, c, DEADLINE, null);
    }

    Completion submit() {
      return kernel.submit(a, weights, c);
    }

    @Override
    public void close() {
      device.close();
    }
  }

  @Override
  public Scene stage(String address, Path folder) throws Exception {
    Path xclbin = folder.resolve("faulty.xclbin");
    XclbinTarget target = Fault.target(address);
    String payload =
        target == XclbinTarget.SW_EMU ? "libfabriq_faulty_kernels.so" : "fabriq_faulty_emulator";
    Path natives = Path.of(System.getProperty("fabriq.test.natives"));
    new XclbinBuilder(target, natives.resolve(payload)).write(xclbin);
    Running running = new Running(address + "?xclbin=" + xclbin, n);
    try {
      if (n == 1) {
        running.multiply();
      }
      happen(running);
      ThrowingCallable use = use(running);
      return new Scene() {
        @Override
        public ThrowingCallable use() {
          return use;
        }

        @Override
        public void close() {
          running.close();
        }
      };
    } catch (Exception e) {
      running.close();
      throw e;
    }
  }

  /** The fault, if it is not in the kernel. */
  void happen(Running running) throws Exception {}

  /** The call that meets it. */
  ThrowingCallable use(Running running) {
    return running::multiply;
  }

  @Override
  public Class<? extends Throwable> error() {
    return error;
  }

  @Override
  public String toString() {
    return text;
  }
}
