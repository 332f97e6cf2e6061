// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as noise, by entered figures. */
class NoiseWatchTest {
  private static final List<Long> EVEN = Collections.nCopies(100, 20_000L);

  private static final OptionalDouble NONE = OptionalDouble.of(0);

  private static List<Long> beats(int count, LongUnaryOperator nanos) {
    return LongStream.range(0, count).map(nanos).boxed().toList();
  }

  @Test
  void evenWorkOnAFreeMachineIsQuiet() {
    assertThat(NoiseWatch.findings(9, 2, OptionalDouble.of(0.09), EVEN)).isEmpty();
    assertThat(NoiseWatch.findings(-1, 1, OptionalDouble.empty(), EVEN)).isEmpty();
    assertThat(NoiseWatch.findings(0, 1, NONE, List.of(1L, 900_000L))).as("too few").isEmpty();
    assertThat(NoiseWatch.findings(0, 1, NONE, beats(100, i -> i % 50 == 7 ? 900_000 : 20_000 + i)))
        .as("single interruptions")
        .isEmpty();
  }

  @Test
  void everyKindOfNoiseIsNamedWithItsSize() {
    assertThat(NoiseWatch.findings(2.5, 2, OptionalDouble.empty(), EVEN))
        .containsExactly("load 2.5 on 2 processors when it began");
    assertThat(NoiseWatch.findings(0, 2, OptionalDouble.of(1.312), EVEN))
        .containsExactly("other programs took 131 % of a processor");
    assertThat(NoiseWatch.findings(0, 2, NONE, beats(100, i -> i % 2 == 0 ? 20_000 : 26_000)))
        .containsExactly("fixed work spreads by 30 %");
    assertThat(NoiseWatch.findings(0, 2, NONE, beats(100, i -> i < 50 ? 22_500 : 20_000)))
        .containsExactly("fixed work drifts by 12 %");
    assertThat(NoiseWatch.findings(0, 2, OptionalDouble.of(1), beats(100, i -> 20_000 + 1_000 * i)))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'cpu  10 20 30 1000 2000 4 5 6 7 8', 750",
    "'cpu  0 0 0 0 0 0 0 0', 0",
    "'cpu0 1 2 3 4 5 6 7 8 9 10', -1",
    "'cpu  1 2 3', -1",
    "'', -1"
  })
  void busyTicksAreAllButIdleAndWaiting(String line, long milliseconds) {
    long busy = OtherPrograms.busy(line);
    assertThat(busy).isEqualTo(milliseconds < 0 ? -1 : milliseconds * 1_000_000);
  }

  @Test
  void othersAreWhatIsBusyWithoutUs() {
    long second = 1_000_000_000;
    OtherPrograms start = new OtherPrograms(0, 100 * second, 7 * second);
    assertThat(start.until(new OtherPrograms(2 * second, 103 * second, 8 * second))).isEqualTo(1);
    assertThat(start.until(new OtherPrograms(2 * second, 101 * second, 9 * second))).isZero();
    assertThat(start.until(new OtherPrograms(second / 10, 101 * second, 7 * second)))
        .as("too short")
        .isZero();
    assertThat(OtherPrograms.now()).hasValueSatisfying(now -> assertThat(now.own()).isPositive());
  }
}
