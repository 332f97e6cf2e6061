// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A kernel that does not end in time, on a device whose runs are slowed down by its stall option.
 */
class DeadlineTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Device device = Device.open("emulation?stall=300ms&timeout=20ms");
  private final MatmulKernel kernel = device.matmul(KernelType.I8I8);
  private final PreparedWeights weights = three(kernel);
  private final Int8Tensor a = Int8Tensor.of(new byte[] {5}, 1, 1);
  private final Int32Tensor c = Int32Tensor.of(new int[] {-77}, 1, 1);

  private static PreparedWeights three(MatmulKernel kernel) {
    return kernel.prepare(
        WeightsI8I8.raw(Int8Tensor.of(new byte[] {3}, 1, 1), 0, new int[1], new int[1]));
  }

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void aRunThatIsLateThrowsAfterItsDeadlineAndLeavesTheOutputAlone() throws InterruptedException {
    long start = System.nanoTime();
    assertThatThrownBy(() -> kernel.multiply(a, weights, c))
        .isInstanceOf(KernelTimeoutException.class)
        .message()
        .containsPattern("after [0-9]+ ms, its deadline")
        .contains("reset");
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000L);
    Thread.sleep(600);
    assertThat(c.get(0)).isEqualTo(-77);
  }

  @Test
  void aRunThatIsLateDoesNotWaitForItsKernel() {
    long start = System.nanoTime();
    try (Device stalled = Device.open("emulation?stall=30s&timeout=20ms")) {
      MatmulKernel late = stalled.matmul(KernelType.I8I8);
      PreparedWeights three = three(late);
      assertThatThrownBy(() -> late.multiply(a, three, c))
          .isInstanceOf(KernelTimeoutException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Fault.LIMIT);
  }

  @Test
  void aPoisonedDeviceRefusesWorkUntilReset() {
    assertThatThrownBy(() -> kernel.multiply(a, weights, c))
        .isInstanceOf(KernelTimeoutException.class);
    assertThatThrownBy(() -> kernel.multiply(a, weights, c, LONG, null))
        .isInstanceOf(DevicePoisonedException.class)
        .hasMessageContaining("reset");
    device.reset();
    kernel.multiply(a, weights, c, LONG, null);
    assertThat(c.get(0)).isEqualTo(15);
  }

  @Test
  void aLateCompletionThrowsAndCanBeClosed() {
    try (Completion completion = kernel.submit(a, weights, c, LONG)) {
      assertThatThrownBy(completion::await).isInstanceOf(KernelTimeoutException.class);
    }
    assertThat(c.get(0)).isEqualTo(-77);
    device.reset();
    try (Completion completion = kernel.submit(a, weights, c, LONG)) {
      completion.await(LONG, null);
    }
    assertThat(c.get(0)).isEqualTo(15);
  }

  @Test
  void closingInUseIsAnErrorAndClosesNothing() {
    Completion completion = kernel.submit(a, weights, c, LONG);
    assertThatThrownBy(device::close)
        .isInstanceOf(DeviceInUseException.class)
        .hasMessageContaining("1 call");
    assertThatThrownBy(weights::close).isInstanceOf(DeviceInUseException.class);
    completion.await(LONG, null);
    completion.close();
    assertThat(c.get(0)).isEqualTo(15);
  }

  @Test
  void aNetworkThatIsLatePoisonsAsAMultiplicationDoes() {
    NetworkCase any =
        NetworkCase.random(Seed.random("late"), device.overlay().orElseThrow(), true, 1).get(0);
    PreparedNetwork network = device.prepare(any.program());
    Int8Tensor results = any.results();
    assertThatThrownBy(() -> network.run(any.images(), results))
        .isInstanceOf(KernelTimeoutException.class);
    assertThat(results.mismatches(any.results())).isZero();
    assertThatThrownBy(() -> network.run(any.images(), results, LONG, null))
        .isInstanceOf(DevicePoisonedException.class);
    assertThatThrownBy(() -> device.prepare(any.program()))
        .isInstanceOf(DevicePoisonedException.class);
    device.reset();
    network.run(any.images(), results, LONG, null);
    assertThat(any.mismatches(results)).isZero();
    try (Completion completion = network.submit(any.images(), results, LONG)) {
      assertThatThrownBy(completion::await).isInstanceOf(KernelTimeoutException.class);
    }
    device.reset();
    network.run(any.images(), results, LONG, null);
    assertThat(any.mismatches(results)).isZero();
  }

  @Test
  void deadlinesOutOfRangeAreRefused() {
    for (Duration wrong :
        new Duration[] {Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(2)}) {
      assertThatThrownBy(() -> kernel.multiply(a, weights, c, wrong, null))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining(wrong.toString());
    }
  }

  @Test
  void anotherDeviceIsNotPoisoned() {
    assertThatThrownBy(() -> kernel.multiply(a, weights, c))
        .isInstanceOf(KernelTimeoutException.class);
    try (Device other = Device.open("emulation")) {
      MatmulKernel second = other.matmul(KernelType.I8I8);
      second.multiply(a, second.prepare(weights.source()), c);
    }
    assertThat(c.get(0)).isEqualTo(15);
  }
}
