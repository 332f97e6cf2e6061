// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabriq.kernel.KernelType;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many runs in one JVM while it uses SIGSEGV for its own purposes, null checks and the ends of
 * stacks, and collects garbage. XRT's stock emulation drivers take that signal away.
 */
@Timeout(300)
class EnduranceTest {
  private static final int RUNS = 10_000;
  private static final int SIMULATED_RUNS = 1_000;
  private static final int THREADS = 4;
  private static final int ROUNDS = 10;
  private static final long BOUND_KILOBYTES = 32 << 10;

  /** Problems of one size class, so that the most buffers that can be needed are few and known. */
  private final List<ContractCase> cases =
      ContractCase.ALL.stream().filter(EnduranceTest::fitsAPage).toList();

  /** What the process and the device have, which must not grow. */
  private record Holdings(
      long buffers, long descriptors, long residentKilobytes, long deviceKilobytes) {
    static Holdings of(Device device) {
      System.gc();
      return new Holdings(
          device.memory().buffers(),
          ProcessStatus.descriptors(),
          ProcessStatus.residentKilobytes(ProcessHandle.current()),
          ProcessStatus.emulators().stream().mapToLong(ProcessStatus::residentKilobytes).sum());
    }
  }

  private static final class Cell {
    private int value;
  }

  static Stream<String> devices() {
    return ContractDevices.emulated();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void manyRunsLeaveNothingBehind(String address) throws Exception {
    int count = ContractDevices.simulated(address) ? SIMULATED_RUNS : RUNS;
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Device device = Device.open(address)) {
      List<PreparedWeights> resident = new ArrayList<>();
      for (ContractCase problem : cases) {
        resident.add(device.matmul(problem.type()).prepare(problem.weights()));
      }
      NetworkCase network =
          NetworkCase.random(Seed.random("endurance"), device.overlay().orElseThrow(), true, 1)
              .get(0);
      useAllAtOnce(device, network);
      PreparedNetwork prepared = device.prepare(network.program());
      Holdings before = null;
      for (int round = 0; round < ROUNDS; round++) {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int first = thread;
          work.add(
              () ->
                  runs(device, resident, first, count / ROUNDS / THREADS)
                      + runs(prepared, network, count / ROUNDS / THREADS / 10));
        }
        for (Future<Integer> faults : pool.invokeAll(work, 120, TimeUnit.SECONDS)) {
          assertThat(faults.get()).isZero();
        }
        if (round == 1) {
          before = Holdings.of(device);
        }
      }
      Holdings after = Holdings.of(device);
      System.out.printf("%s, %d runs: %s, then %s%n", address, count, before, after);
      assertThat(after.buffers()).isEqualTo(before.buffers());
      // The JVM opens and closes some of its own; what runs left open would be more with each
      // round.
      assertThat(after.descriptors()).isLessThan(before.descriptors() + ROUNDS - 2);
      assertThat(after.residentKilobytes())
          .isLessThan(before.residentKilobytes() + BOUND_KILOBYTES);
      assertThat(after.deviceKilobytes()).isLessThan(before.deviceKilobytes() + 1024);
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean fitsAPage(ContractCase problem) {
    int m = problem.a().rows();
    int k = problem.weights().k();
    return Math.max(m, k) <= 16 && problem.weights().n() <= 64;
  }

  /** As many weights, programs and runs of each kernel at the same time as the threads can have. */
  private void useAllAtOnce(Device device, NetworkCase network) {
    List<AutoCloseable> networks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      PreparedNetwork prepared = device.prepare(network.program());
      networks.add(0, prepared);
      networks.add(0, prepared.submit(network.images(), network.results()));
    }
    closeAll(networks);
    for (KernelType type : KernelType.values()) {
      ContractCase problem = cases.stream().filter(c -> c.type() == type).findFirst().orElseThrow();
      List<AutoCloseable> all = new ArrayList<>();
      MatmulKernel kernel = device.matmul(type);
      for (int thread = 0; thread < THREADS; thread++) {
        PreparedWeights weights = kernel.prepare(problem.weights());
        all.add(0, weights);
        all.add(0, kernel.submit(problem.a(), weights, problem.output()));
      }
      closeAll(all);
    }
  }

  private static void closeAll(List<AutoCloseable> all) {
    assertThatCode(
            () -> {
              for (AutoCloseable one : all) {
                one.close();
              }
            })
        .doesNotThrowAnyException();
  }

  /** Some runs of a network; counts values that were wrong. */
  private static int runs(PreparedNetwork prepared, NetworkCase network, int count) {
    int faults = 0;
    for (int i = 0; i < count; i++) {
      Int8Tensor results = network.results();
      prepared.run(network.images(), results);
      faults += network.mismatches(results);
    }
    return faults;
  }

  /** Some runs of one thread, each with what makes the JVM use SIGSEGV; counts what was wrong. */
  private int runs(Device device, List<PreparedWeights> resident, int first, int count) {
    int faults = 0;
    for (int i = 0; i < count; i++) {
      int chosen = (first * 5 + i) % cases.size();
      ContractCase problem = cases.get(chosen);
      MatmulKernel kernel = device.matmul(problem.type());
      Tensor c = problem.output();
      faults += provokeNullPointerException(null) ? 0 : 1;
      if (i % 10 == 0) {
        try (PreparedWeights weights = kernel.prepare(problem.weights())) {
          kernel.multiply(problem.a(), weights, c);
        }
      } else {
        kernel.multiply(problem.a(), resident.get(chosen), c);
      }
      if (i % 50 == first) {
        faults += provokeStackOverflow() ? 0 : 1;
      }
      if (i % 50 == 0 && first == 0) {
        System.gc();
      }
      faults += c.mismatches(problem.expected());
    }
    return faults;
  }

  /** The field is read without a look at the reference: the signal tells that it is null. */
  private static boolean provokeNullPointerException(Cell cell) {
    try {
      return cell.value == 0 && cell.value == 1;
    } catch (NullPointerException e) {
      return true;
    }
  }

  private static boolean provokeStackOverflow() {
    try {
      return depth(0) < 0;
    } catch (StackOverflowError e) {
      return true;
    }
  }

  private static int depth(int n) {
    return depth(n + 1) + 1;
  }
}
