// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fabriq.FileFormatException;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.xclbin.XclbinBuilder;
import org.fabriq.xclbin.XclbinTarget;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The device process dies or hangs: a typed exception in bounded time, and the next open works. */
@Timeout(120)
class EmulatorFaultTest {
  private final Int8Tensor a = Int8Tensor.of(new byte[] {5}, 1, 1);
  private final Int32Tensor c = Int32Tensor.of(new int[] {-77}, 1, 1);

  static Stream<String> devices() {
    return ContractDevices.emulations();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aKilledProcessIsAnErrorAndTheNextOpenWorks(String address) {
    Device device = Device.open(address);
    MatmulKernel kernel = device.matmul(KernelType.I8I8);
    PreparedWeights weights = prepare(kernel);
    kernel.multiply(a, weights, c);
    for (ProcessHandle emulator : emulators()) {
      emulator.destroyForcibly();
      emulator.onExit().join();
    }
    c.set(0, -77);
    assertFailsWithin(Duration.ofSeconds(10), () -> kernel.multiply(a, weights, c));
    assertThat(c.get(0)).isEqualTo(-77);
    device.close();
    assertWorks(address);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aHungProcessIsAnErrorAndTheNextOpenWorks(String address) throws Exception {
    Device device = Device.open(address);
    MatmulKernel kernel = device.matmul(KernelType.I8I8);
    PreparedWeights weights = prepare(kernel);
    kernel.multiply(a, weights, c);
    List<ProcessHandle> stopped = emulators();
    for (ProcessHandle emulator : stopped) {
      signal("STOP", emulator);
    }
    c.set(0, -77);
    assertFailsWithin(
        Duration.ofSeconds(30), () -> kernel.multiply(a, weights, c, Duration.ofSeconds(2), null));
    assertThat(c.get(0)).isEqualTo(-77);
    device.close();
    for (ProcessHandle emulator : stopped) {
      emulator.destroyForcibly();
    }
    assertWorks(address);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aResetAfterTheProcessDiedMakesTheDeviceUsable(String address) {
    try (Device device = Device.open(address)) {
      MatmulKernel kernel = device.matmul(KernelType.I8I8);
      PreparedWeights weights = prepare(kernel);
      emulators().forEach(ProcessHandle::destroyForcibly);
      assertFailsWithin(Duration.ofSeconds(10), () -> kernel.multiply(a, weights, c));
      assertThatThrownBy(() -> kernel.multiply(a, weights, c))
          .isInstanceOf(DevicePoisonedException.class);
      device.reset();
      kernel.multiply(a, weights, c);
      assertThat(c.get(0)).isEqualTo(15);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void damagedAndWrongXclbinsNeverReachXrt(String address, @TempDir Path folder)
      throws IOException {
    XclbinTarget target = Fault.target(address);
    Path xclbin = Fault.defaultXclbin(target);
    Path other =
        Fault.defaultXclbin(
            target == XclbinTarget.SW_EMU ? XclbinTarget.HW_EMU : XclbinTarget.SW_EMU);
    byte[] bytes = Files.readAllBytes(xclbin);
    assertXclbinRefused(address, folder.resolve("missing.xclbin"));
    assertXclbinRefused(address, Files.write(folder.resolve("empty.xclbin"), new byte[0]));
    assertXclbinRefused(
        address,
        Files.write(folder.resolve("half.xclbin"), Arrays.copyOf(bytes, bytes.length / 2)));
    bytes[bytes.length / 2] ^= 1;
    assertXclbinRefused(address, Files.write(folder.resolve("flipped.xclbin"), bytes));
    assertXclbinRefused(address, other);
    assertWorks(address + "?xclbin=" + xclbin);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void theOtherModeOfEmulationIsRefused(String address) {
    assertWorks(address);
    String other =
        address.contains("sw_emu")
            ? address.replace("sw_emu", "hw_emu")
            : address.replace("hw_emu", "sw_emu");
    assertThatThrownBy(() -> Device.open(other))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageContaining("sw_emu")
        .hasMessageContaining("hw_emu");
    assertWorks(address);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void severalComputeUnitsGiveTheSameResult(String address) {
    assertWorks(address + "?cu=2");
  }

  @ParameterizedTest
  @MethodSource("devices")
  void moreComputeUnitsThanTheXclbinHasAreRefused(String address, @TempDir Path folder) {
    Path xclbin = folder.resolve("two.xclbin");
    XclbinTarget target = Fault.target(address);
    new XclbinBuilder(target, EmulationModel.preferred(target).payload())
        .instances(2)
        .write(xclbin);
    String units = address + "?xclbin=" + xclbin + "&cu=";
    try (Device device = Device.open(units + 3)) {
      MatmulKernel kernel = device.matmul(KernelType.I8I8);
      assertThatThrownBy(() -> prepare(kernel))
          .isInstanceOf(DeviceUnavailableException.class)
          .hasMessageContaining("cu is 3")
          .hasMessageContaining("2 compute units of matmul_i8i8");
    }
    assertWorks(units + 2);
  }

  private static void assertXclbinRefused(String address, Path xclbin) {
    assertThatThrownBy(() -> Device.open(address + "?xclbin=" + xclbin))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(xclbin.getFileName().toString());
  }

  private static PreparedWeights prepare(MatmulKernel kernel) {
    return kernel.prepare(
        WeightsI8I8.raw(Int8Tensor.of(new byte[] {3}, 1, 1), 0, new int[1], new int[1]));
  }

  private void assertWorks(String address) {
    try (Device device = Device.open(address)) {
      MatmulKernel kernel = device.matmul(KernelType.I8I8);
      kernel.multiply(a, prepare(kernel), c);
      assertThat(c.get(0)).isEqualTo(15);
    }
  }

  private static void assertFailsWithin(Duration limit, ThrowingCallable use) {
    long start = System.nanoTime();
    assertThatThrownBy(use)
        .isInstanceOfAny(DeviceFailedException.class, KernelTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
  }

  private static List<ProcessHandle> emulators() {
    List<ProcessHandle> found = ProcessStatus.emulators();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static void signal(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
