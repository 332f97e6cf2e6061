// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.fabriq.xclbin.KernelDescriptor;
import org.fabriq.xclbin.XclbinBuilder;
import org.fabriq.xclbin.XclbinTarget;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that a device cannot run are refused or end, and the next call is right. */
class WrongProgramContractTest {
  private static final int TABLES = 4 * 6;
  private static final int RESULT_WORDS = 4 * 13;
  private static final int SUM = 4 * 15;

  static Stream<String> devices() {
    return ContractDevices.withNetworks();
  }

  static Stream<String> emulations() {
    return ContractDevices.emulations();
  }

  static Stream<String> others() {
    return ContractDevices.withoutNetworks();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aProgramThatGivesMoreThanItSaysFailsAndPoisonsNothing(String address) {
    try (Device device = Device.open(address)) {
      NetworkCase any = any(device);
      OverlayProgram less = withResultWords(any.program(), any.program().resultWords() + 1);
      Int8Tensor results = Int8Tensor.allocate(any.images().rows(), less.resultBytes());
      Int8Tensor before = (Int8Tensor) results.copy();
      try (PreparedNetwork wrong = device.prepare(less);
          PreparedNetwork right = device.prepare(any.program())) {
        for (int call = 0; call < 2; call++) {
          assertThatThrownBy(() -> wrong.run(any.images(), results))
              .isInstanceOf(DeviceFailedException.class)
              .hasMessageContaining("words of results");
          assertThat(results.mismatches(before)).isZero();
          try (Completion completion = wrong.submit(any.images(), results)) {
            assertThatThrownBy(completion::await).isInstanceOf(DeviceFailedException.class);
          }
          Int8Tensor good = any.results();
          right.run(any.images(), good);
          assertThat(any.mismatches(good)).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aProgramThatIsTooLargeIsRefused(String address) {
    try (Device device = Device.open(address)) {
      int tables = device.overlay().orElseThrow().tables();
      OverlayProgram large = withTables(any(device).program(), tables + 1);
      assertThatThrownBy(() -> device.prepare(large))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("takes %d tables, limit %d".formatted(tables + 1, tables));
    }
  }

  @ParameterizedTest
  @MethodSource("others")
  void aDeviceThatTakesNoNetworksSaysWhatToDo(String address) {
    IntegerNetwork network = new RandomOverlayNetwork(Seed.random("no networks")).ofVectors();
    OverlayProgram program = OverlayPlan.of(network, OverlayTarget.DEFAULT, 1).program();
    try (Device device = Device.open(address)) {
      assertThatThrownBy(() -> device.prepare(program))
          .isInstanceOf(DeviceUnavailableException.class)
          .hasMessageContaining("layer by layer");
    }
  }

  @ParameterizedTest
  @MethodSource("emulations")
  void anXclbinWithoutTheKernelTakesNoNetworks(String address, @TempDir Path folder) {
    XclbinTarget target = Fault.target(address);
    Path xclbin = folder.resolve("one.xclbin");
    new XclbinBuilder(target, EmulationModel.preferred(target).payload())
        .kernels(List.of(KernelDescriptor.of("matmul_i8i8")))
        .write(xclbin);
    IntegerNetwork network = new RandomOverlayNetwork(Seed.random("no kernel")).ofVectors();
    OverlayProgram program = OverlayPlan.of(network, OverlayTarget.DEFAULT, 1).program();
    try (Device device = Device.open(address + "?xclbin=" + xclbin)) {
      assertThat(device.overlay()).isEmpty();
      assertThatThrownBy(() -> device.prepare(program))
          .isInstanceOf(DeviceUnavailableException.class)
          .hasMessageContaining("network_i8")
          .hasMessageContaining("fabriq xclbin build");
    }
  }

  private static OverlayProgram withResultWords(OverlayProgram program, int words) {
    ByteBuffer image = ByteBuffer.wrap(program.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    return OverlayProgram.of(summed(image.putInt(RESULT_WORDS, words)));
  }

  private static OverlayProgram withTables(OverlayProgram program, int tables) {
    byte[] bytes = program.bytes();
    int has = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(TABLES);
    byte[] larger = Arrays.copyOf(bytes, bytes.length + (tables - has) * 256);
    ByteBuffer image = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN);
    return OverlayProgram.of(summed(image.putInt(TABLES, tables)));
  }

  /** Makes the sum of a changed header right. */
  private static byte[] summed(ByteBuffer image) {
    int sum = 0;
    for (int at = 0; at < SUM; at += Integer.BYTES) {
      sum += image.getInt(at);
    }
    return image.putInt(SUM, 0x5a5a5a5a - sum).array();
  }

  private static NetworkCase any(Device device) {
    return NetworkCase.random(
            Seed.random("wrong programs"),
            device.overlay().orElseThrow(),
            ContractDevices.simulated(device.address()),
            1)
        .get(0);
  }
}
