// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.KernelType;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every device promises, run over every device. */
class BackendContractTest {
  private static final int THREADS = 8;

  static Stream<String> devices() {
    return ContractDevices.all();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aDeviceSaysWhetherItIsSimulated(String address) {
    try (Device device = Device.open(address)) {
      assertThat(device.simulated()).isEqualTo(address.matches("emulation.*|.*_emu.*"));
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void everyProblemIsExactAndStaysSo(String address) {
    try (Device device = Device.open(address)) {
      for (ContractCase problem : cases(address, Long.MAX_VALUE, 40_000)) {
        try (MatmulKernel kernel = device.matmul(problem.type());
            PreparedWeights weights = kernel.prepare(problem.weights())) {
          for (int call = 0; call < 2; call++) {
            Tensor c = problem.output();
            kernel.multiply(problem.a(), weights, c);
            assertThat(problem.mismatches(device, c)).as("%s, call %d", problem, call).isZero();
          }
        }
      }
    }
  }

  /**
   * Problems with fewer products, and on simulated kernels, whose clock is slow, of fewer cycles;
   * the tests of those kernels have the larger ones.
   */
  private static List<ContractCase> cases(String address, long products, long cycles) {
    boolean simulated = ContractDevices.simulated(address);
    return ContractCase.ALL.stream()
        .filter(c -> (long) c.a().size() * c.weights().n() < products)
        .filter(c -> !simulated || c.simulatedCycles() < cycles)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void submissionsOverlapAndEndInAnyOrder(String address) {
    List<ContractCase> cases =
        cases(address, Long.MAX_VALUE, 10_000).stream().filter(c -> c.a().size() < 20_000).toList();
    try (Device device = Device.open(address)) {
      List<PreparedWeights> weights = new ArrayList<>();
      List<Tensor> outputs = new ArrayList<>();
      List<Completion> completions = new ArrayList<>();
      for (ContractCase problem : cases.subList(0, 16)) {
        MatmulKernel kernel = device.matmul(problem.type());
        weights.add(kernel.prepare(problem.weights()));
        outputs.add(problem.output());
        Tensor a = problem.a().copy();
        completions.add(
            kernel.submit(a, weights.get(weights.size() - 1), outputs.get(outputs.size() - 1)));
        scribble(a);
      }
      for (int i = completions.size() - 1; i >= 0; i--) {
        try (Completion completion = completions.get(i)) {
          completion.await();
        }
        assertThat(cases.get(i).mismatches(device, outputs.get(i))).as("%s", cases.get(i)).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void threadsShareADevice(String address) throws Exception {
    List<ContractCase> cases = cases(address, 1_000_000, 1_000);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Device device = Device.open(address)) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        work.add(
            () -> {
              int mismatches = 0;
              for (int i = 0; i < cases.size(); i++) {
                ContractCase problem = cases.get((first * 7 + i) % cases.size());
                MatmulKernel kernel = device.matmul(problem.type());
                Tensor c = problem.output();
                try (PreparedWeights weights = kernel.prepare(problem.weights())) {
                  kernel.multiply(problem.a(), weights, c);
                }
                mismatches += problem.mismatches(device, c);
              }
              return mismatches;
            });
      }
      for (Future<Integer> result : pool.invokeAll(work, 120, TimeUnit.SECONDS)) {
        assertThat(result.get()).isZero();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void threadsShareWeights(String address) throws Exception {
    ContractCase problem = find(KernelType.I8I8, "64 128 64");
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Device device = Device.open(address);
        MatmulKernel kernel = device.matmul(problem.type());
        PreparedWeights weights = kernel.prepare(problem.weights())) {
      Callable<Integer> work =
          () -> {
            Tensor c = problem.output();
            int mismatches = 0;
            for (int i = 0; i < 20; i++) {
              kernel.multiply(problem.a(), weights, c);
              mismatches += problem.mismatches(device, c);
              scribble(c);
            }
            return mismatches;
          };
      for (Future<Integer> result :
          pool.invokeAll(java.util.Collections.nCopies(THREADS, work), 120, TimeUnit.SECONDS)) {
        assertThat(result.get()).isZero();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void useAfterCloseIsATypedError(String address) {
    ContractCase problem = find(KernelType.F32F32, "1 1 1");
    Device device = Device.open(address);
    MatmulKernel kernel = device.matmul(problem.type());
    PreparedWeights weights = kernel.prepare(problem.weights());
    PreparedWeights closed = kernel.prepare(problem.weights());
    Tensor c = problem.output();
    closed.close();
    closed.close();
    assertClosed(() -> kernel.multiply(problem.a(), closed, c));
    MatmulKernel other = device.matmul(problem.type());
    other.close();
    assertClosed(() -> other.multiply(problem.a(), weights, c));
    Completion completion = kernel.submit(problem.a(), weights, c);
    completion.await();
    assertClosed(completion::await);
    completion.close();
    completion.close();
    assertClosed(completion::await);
    device.close();
    device.close();
    weights.close();
    assertClosed(() -> kernel.multiply(problem.a(), weights, c));
    assertClosed(() -> kernel.submit(problem.a(), weights, c));
    assertClosed(() -> kernel.prepare(problem.weights()));
    assertClosed(() -> device.matmul(KernelType.I8I8));
    assertClosed(device::reset);
    assertClosed(device::ping);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void closeInUseIsATypedErrorAndClosesNothing(String address) {
    ContractCase problem = find(KernelType.I8I8, "64 128 64");
    try (Device device = Device.open(address)) {
      MatmulKernel kernel = device.matmul(problem.type());
      PreparedWeights weights = kernel.prepare(problem.weights());
      Tensor c = problem.output();
      try (Completion completion = kernel.submit(problem.a(), weights, c)) {
        assertThatThrownBy(weights::close).isInstanceOf(DeviceInUseException.class);
        assertThatThrownBy(device::close)
            .isInstanceOf(DeviceInUseException.class)
            .hasMessageContaining(address);
        completion.await();
      }
      assertThat(problem.mismatches(device, c)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aDroppedCompletionLeavesTheDeviceUsable(String address) {
    ContractCase problem = find(KernelType.I8I8, "64 128 64");
    try (Device device = Device.open(address)) {
      MatmulKernel kernel = device.matmul(problem.type());
      PreparedWeights weights = kernel.prepare(problem.weights());
      Tensor untouched = problem.output();
      Tensor before = untouched.copy();
      for (int i = 0; i < 50; i++) {
        kernel.submit(problem.a(), weights, untouched).close();
      }
      Tensor c = problem.output();
      kernel.multiply(problem.a(), weights, c);
      assertThat(problem.mismatches(device, c)).isZero();
      assertThat(untouched.mismatches(before)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void wrongOperandsAreRefusedBeforeAnythingRuns(String address) {
    ContractCase problem = find(KernelType.I8I8, "64 128 64");
    try (Device device = Device.open(address);
        Device stranger = Device.open("reference")) {
      MatmulKernel kernel = device.matmul(KernelType.I8I8);
      PreparedWeights weights = kernel.prepare(problem.weights());
      Tensor c = problem.output();
      DataType output = c.type();
      assertThatThrownBy(() -> kernel.multiply(Int8Tensor.allocate(64, 127), weights, c))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("[64, 127]")
          .hasMessageContaining("128");
      assertWrong(() -> kernel.multiply(Tensor.allocate(DataType.FLOAT32, 64, 128), weights, c));
      assertShape(() -> kernel.multiply(Int8Tensor.allocate(64 * 128), weights, c));
      assertShape(() -> kernel.multiply(problem.a(), weights, Tensor.allocate(output, 64, 63)));
      assertShape(() -> kernel.multiply(problem.a(), weights, Tensor.allocate(output, 63, 64)));
      assertWrong(
          () -> kernel.submit(problem.a(), weights, Tensor.allocate(DataType.FLOAT32, 64, 64)));
      assertThatThrownBy(() -> device.matmul(KernelType.F32I8).prepare(problem.weights()))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("matmul_i8i8");
      MatmulKernel foreign = stranger.matmul(KernelType.I8I8);
      assertThatThrownBy(() -> foreign.multiply(problem.a(), weights, c))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining(address);
      kernel.multiply(problem.a(), weights, c);
      assertThat(problem.mismatches(device, c)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void manyDevicesOpenAndClose(String address) {
    ContractCase problem = find(KernelType.F32I8, "64 128 64");
    int count = ContractDevices.simulated(address) ? 10 : 30;
    for (int i = 0; i < count; i++) {
      try (Device device = Device.open(address)) {
        MatmulKernel kernel = device.matmul(problem.type());
        Tensor c = problem.output();
        kernel.multiply(problem.a(), kernel.prepare(problem.weights()), c);
        assertThat(problem.mismatches(device, c)).isZero();
      }
    }
  }

  private static ContractCase find(KernelType type, String start) {
    return ContractCase.ALL.stream()
        .filter(problem -> problem.type() == type && problem.name().startsWith(start + " "))
        .findFirst()
        .orElseThrow();
  }

  private static void scribble(Tensor tensor) {
    for (int i = 0; i < tensor.memory().limit(); i++) {
      tensor.memory().put(i, (byte) 0x33);
    }
  }

  private static void assertClosed(ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(DeviceClosedException.class);
  }

  private static void assertWrong(ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(InvalidArgumentException.class);
  }

  private static void assertShape(ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(ShapeException.class);
  }
}
