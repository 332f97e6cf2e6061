// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From {@link Device#open} to the first result in a JVM that has done nothing before: xclbin, XRT
 * and device process included, the JVM's own start not. Benchmark EmulationLatency says how fast it
 * is on a quiet machine.
 */
@Timeout(60)
class FirstResultTest {
  static Stream<String> devices() {
    return ContractDevices.emulated();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void theFirstResultIsThereInTime(String address) throws IOException {
    try (FreshOpen jvm = new FreshOpen("", address, Map.of())) {
      FreshOpen.Outcome outcome = jvm.outcome();
      assertThat(outcome.result()).as(outcome.message()).isEqualTo(FreshOpen.WORKS);
      System.out.printf("%s, first result after %d ms%n", address, outcome.time().toMillis());
      assertThat(outcome.time()).isLessThan(Fault.LIMIT);
    }
  }
}
