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
class NoiseRuleTest {
  private static final List<Long> EVEN = Collections.nCopies(100, 20_000L);
  private static final OptionalDouble ALONE = OptionalDouble.of(0);
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  private static List<Long> beats(int count, LongUnaryOperator nanos) {
    return LongStream.range(0, count).map(nanos).boxed().toList();
  }

  /** Findings on two processors. */
  private static List<String> findings(
      double load, OptionalDouble others, List<Long> beats, long samples) {
    return new NoiseRule(2, load, others, beats, samples).noise().findings();
  }

  @Test
  void evenWorkOnAFreeMachineIsQuiet() {
    assertThat(findings(0, ALONE, EVEN, 500)).isEmpty();
    assertThat(findings(0, ALONE, EVEN.subList(0, 30), 30)).as("just enough").isEmpty();
    assertThat(findings(0, ALONE, beats(100, i -> i % 50 == 7 ? 900_000 : 20_000 + i), 100))
        .as("single interruptions")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, '1 sample, fewer than 30'", "29, '29 samples, fewer than 30'"})
  void fewSamplesAreNoisyHoweverQuietTheMachine(int samples, String finding) {
    assertThat(findings(0, ALONE, EVEN, samples)).containsExactly(finding);
    assertThat(findings(0, ALONE, EVEN.subList(0, samples), samples)).containsExactly(finding);
  }

  @Test
  void tooFewBeatsAreNotTakenForEvenOnes() {
    assertThat(findings(0, ALONE, List.of(20_000L, 20_000L, 20_000L), 30))
        .containsExactly("fixed work was timed 3 times, fewer than 8");
    assertThat(findings(0, ALONE, EVEN.subList(0, 8), 30)).isEmpty();
  }

  @Test
  void whatOthersTookCountsBeforeTheLoad() {
    assertThat(findings(22, OptionalDouble.of(0.1), EVEN, 500)).as("of the past").isEmpty();
    assertThat(findings(0.3, OptionalDouble.of(0.11), EVEN, 500))
        .containsExactly("other programs took 11 % of a processor");
    assertThat(findings(22, OptionalDouble.of(1.312), EVEN, 500))
        .containsExactly("other programs took 131 % of a processor");
  }

  @Test
  void theLoadHasToDoWhereOthersAreUnknown() {
    assertThat(findings(2, UNKNOWN, EVEN, 500)).isEmpty();
    assertThat(findings(2.5, UNKNOWN, EVEN, 500))
        .containsExactly("load 2.5 on 2 processors when it began");
    assertThat(findings(-1, UNKNOWN, EVEN, 500))
        .containsExactly("the system does not tell what other programs took");
    assertThat(findings(-1, ALONE, EVEN, 500)).isEmpty();
  }

  @Test
  void unevenWorkIsNamedWithItsSize() {
    assertThat(findings(0, ALONE, beats(100, i -> i % 2 == 0 ? 20_000 : 26_000), 100))
        .containsExactly("fixed work spreads by 30 %");
    assertThat(findings(0, ALONE, beats(100, i -> i < 50 ? 22_500 : 20_000), 100))
        .containsExactly("fixed work drifts by 12 %");
    assertThat(findings(9, OptionalDouble.of(1), beats(20, i -> 20_000 + 5_000 * i), 20))
        .as("all of it")
        .hasSize(4);
  }
}
