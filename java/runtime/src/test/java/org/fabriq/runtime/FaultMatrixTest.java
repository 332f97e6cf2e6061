// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of an emulated device is a typed exception in bounded time, after which the JVM is
 * well and the next open works. Prints the table of docs/xrt.md.
 */
@Timeout(60)
class FaultMatrixTest {
  private static final List<String> TABLE = new ArrayList<>();

  static Stream<Arguments> rows() {
    return ContractDevices.emulations()
        .flatMap(
            address ->
                Stream.concat(Stream.of(ProcessFault.values()), Stream.of(XclbinFault.values()))
                    .filter(fault -> fault.concerns(address))
                    .map(fault -> Arguments.of(address, fault)));
  }

  static Stream<Arguments> installations() {
    return ContractDevices.emulations()
        .flatMap(
            address ->
                Stream.of(InstallationFault.values())
                    .filter(fault -> fault.concerns(address))
                    .map(fault -> Arguments.of(address, fault)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rows")
  void faultsAreTypedExceptionsInTime(String address, Fault fault, @TempDir Path folder)
      throws Exception {
    try (Fault.Scene scene = fault.stage(address, folder)) {
      long start = System.nanoTime();
      Throwable thrown = catchThrowable(scene.use());
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      note(address, fault, thrown == null ? "none" : thrown.getClass().getSimpleName(), time);
      assertThat(thrown).isExactlyInstanceOf(fault.error());
      assertThat(thrown.getMessage()).isNotBlank();
      assertThat(time).isLessThan(Fault.LIMIT);
    }
    FreshOpen.nanosToResult(address);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("installations")
  void missingPartsAreTypedExceptionsInTime(
      String address, InstallationFault fault, @TempDir Path folder) throws Exception {
    try (FreshOpen child =
        new FreshOpen("emulation", address, fault.environment(address, folder))) {
      FreshOpen.Outcome outcome = child.outcome();
      note(address, fault, outcome.result(), outcome.time());
      assertThat(outcome.result())
          .as(outcome.message())
          .isEqualTo(DeviceUnavailableException.class.getSimpleName());
      assertThat(outcome.time()).isLessThan(Fault.LIMIT);
      fault.mend(folder);
      assertThat(child.openAgain().result()).as(child.output()).isEqualTo(FreshOpen.WORKS);
    }
  }

  @AfterAll
  static void printTable() {
    TABLE.forEach(System.out::println);
  }

  private static void note(String address, Object fault, String result, Duration time) {
    TABLE.add("| %s | %s | %s | %d ms |".formatted(address, fault, result, time.toMillis()));
  }
}
