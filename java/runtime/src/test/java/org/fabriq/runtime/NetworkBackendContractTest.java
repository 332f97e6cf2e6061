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
import org.fabriq.ShapeException;
import org.fabriq.kernel.KernelType;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every device that takes whole networks promises, run over every such device. */
class NetworkBackendContractTest {
  private static final int THREADS = 8;
  private static final int NETWORKS = Integer.getInteger("fabriq.overlay.networks", 40);
  private static final int SIMULATED_NETWORKS = 16;

  static Stream<String> devices() {
    return ContractDevices.withNetworks();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void everyNetworkEqualsItsDefinitionAndStaysSo(String address) {
    try (Device device = Device.open(address)) {
      int count = ContractDevices.simulated(address) ? SIMULATED_NETWORKS : NETWORKS;
      for (NetworkCase each : cases(device, "networks on devices", count)) {
        try (PreparedNetwork network = device.prepare(each.program())) {
          for (int call = 0; call < 2; call++) {
            Int8Tensor results = each.results();
            network.run(each.images(), results);
            assertThat(each.mismatches(results)).as("%s, call %d", each, call).isZero();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void networksAndMultiplicationsTakeTurns(String address) {
    ContractCase problem = multiplication();
    try (Device device = Device.open(address);
        MatmulKernel kernel = device.matmul(problem.type());
        PreparedWeights weights = kernel.prepare(problem.weights())) {
      List<NetworkCase> cases = cases(device, "networks in turn", 2);
      List<PreparedNetwork> networks =
          cases.stream().map(each -> device.prepare(each.program())).toList();
      for (int turn = 0; turn < 6; turn++) {
        Tensor c = problem.output();
        kernel.multiply(problem.a(), weights, c);
        assertThat(problem.mismatches(device, c)).isZero();
        assertRuns(networks.get(turn % 2), cases.get(turn % 2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void submissionsOverlapAndEndInAnyOrder(String address) {
    try (Device device = Device.open(address)) {
      List<NetworkCase> cases = cases(device, "submitted networks", 8);
      List<Int8Tensor> results = new ArrayList<>();
      List<Completion> completions = new ArrayList<>();
      for (NetworkCase each : cases) {
        results.add(each.results());
        Int8Tensor images = (Int8Tensor) each.images().copy();
        PreparedNetwork network = device.prepare(each.program());
        completions.add(network.submit(images, results.get(results.size() - 1)));
        scribble(images);
      }
      for (int i = completions.size() - 1; i >= 0; i--) {
        try (Completion completion = completions.get(i)) {
          completion.await();
        }
        assertThat(cases.get(i).mismatches(results.get(i))).as("%s", cases.get(i)).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void threadsShareADeviceAndItsNetworks(String address) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Device device = Device.open(address)) {
      List<NetworkCase> cases = cases(device, "shared networks", 5);
      try (PreparedNetwork shared = device.prepare(cases.get(0).program())) {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int first = thread;
          work.add(
              () -> {
                int mismatches = 0;
                for (int i = 0; i < cases.size(); i++) {
                  NetworkCase own = cases.get((first + i) % cases.size());
                  try (PreparedNetwork network = device.prepare(own.program())) {
                    mismatches += wrong(network, own);
                  }
                  mismatches += wrong(shared, cases.get(0));
                }
                return mismatches;
              });
        }
        for (Future<Integer> result : pool.invokeAll(work, 120, TimeUnit.SECONDS)) {
          assertThat(result.get()).isZero();
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void useAfterCloseIsATypedError(String address) {
    Device device = Device.open(address);
    NetworkCase any = cases(device, "closed networks", 1).get(0);
    Int8Tensor results = any.results();
    PreparedNetwork network = device.prepare(any.program());
    PreparedNetwork closed = device.prepare(any.program());
    closed.close();
    closed.close();
    assertClosed(() -> closed.run(any.images(), results));
    assertClosed(() -> closed.submit(any.images(), results));
    assertClosed(closed::bytes);
    Completion completion = network.submit(any.images(), results);
    completion.await();
    assertClosed(completion::await);
    completion.close();
    completion.close();
    assertThat(any.mismatches(results)).isZero();
    device.close();
    network.close();
    assertClosed(() -> network.run(any.images(), results));
    assertClosed(() -> device.prepare(any.program()));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void closeInUseIsATypedErrorAndClosesNothing(String address) {
    try (Device device = Device.open(address)) {
      NetworkCase any = cases(device, "networks in use", 1).get(0);
      PreparedNetwork network = device.prepare(any.program());
      Int8Tensor results = any.results();
      try (Completion completion = network.submit(any.images(), results)) {
        assertThatThrownBy(network::close)
            .isInstanceOf(DeviceInUseException.class)
            .hasMessageContaining("Prepared network");
        assertThatThrownBy(device::close).isInstanceOf(DeviceInUseException.class);
        completion.await();
      }
      assertThat(any.mismatches(results)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aDroppedCompletionLeavesTheDeviceUsable(String address) {
    try (Device device = Device.open(address)) {
      NetworkCase any = cases(device, "dropped networks", 1).get(0);
      PreparedNetwork network = device.prepare(any.program());
      Int8Tensor untouched = any.results();
      for (int i = 0; i < 20; i++) {
        network.submit(any.images(), untouched).close();
      }
      assertRuns(network, any);
      assertThat(untouched.mismatches(any.results())).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void wrongSizesAreRefusedBeforeAnythingRuns(String address) {
    try (Device device = Device.open(address)) {
      NetworkCase any = cases(device, "networks of wrong sizes", 1).get(0);
      PreparedNetwork network = device.prepare(any.program());
      int image = any.program().imageBytes();
      int result = any.program().resultBytes();
      Int8Tensor results = Int8Tensor.allocate(2, result);
      assertThatThrownBy(() -> network.run(Int8Tensor.allocate(2, image + 1), results))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("%,d".formatted(image));
      assertShape(() -> network.run(Int8Tensor.allocate(3, image), results));
      assertShape(() -> network.run(Int8Tensor.allocate(2 * image), results));
      assertShape(
          () -> network.submit(Int8Tensor.allocate(2, image), Int8Tensor.allocate(2, result + 8)));
      int most = OverlayProgram.MAX_CHUNKS;
      assertThatThrownBy(
              () ->
                  network.run(
                      Int8Tensor.allocate(most + 1, image), Int8Tensor.allocate(most + 1, result)))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("65,535");
      assertRuns(network, any);
    }
  }

  private static List<NetworkCase> cases(Device device, String name, int count) {
    boolean simulated = ContractDevices.simulated(device.address());
    return NetworkCase.random(Seed.random(name), device.overlay().orElseThrow(), simulated, count);
  }

  private static ContractCase multiplication() {
    return ContractCase.ALL.stream()
        .filter(each -> each.type() == KernelType.I8I8 && each.name().startsWith("64 128 64 "))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRuns(PreparedNetwork network, NetworkCase each) {
    assertThat(wrong(network, each)).as("%s", each).isZero();
  }

  private static int wrong(PreparedNetwork network, NetworkCase each) {
    Int8Tensor results = each.results();
    network.run(each.images(), results);
    return each.mismatches(results);
  }

  private static void scribble(Int8Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (byte) 0x33);
    }
  }

  private static void assertClosed(ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(DeviceClosedException.class);
  }

  private static void assertShape(ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(ShapeException.class);
  }
}
