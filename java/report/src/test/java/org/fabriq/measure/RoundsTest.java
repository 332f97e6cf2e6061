// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a measurement ends. */
class RoundsTest {
  private static final long MILLISECOND = 1_000_000;

  private static int run(Rounds rounds, long sleep) throws InterruptedException {
    int run = 0;
    while (rounds.next()) {
      run++;
      Thread.sleep(sleep);
      assertThat(rounds.begun()).isEqualTo(run);
      assertThat(rounds.wanted()).isEqualTo(run <= 30);
    }
    return run;
  }

  @ParameterizedTest
  @CsvSource({"1, 10, 1", "50, 10, 50", "7, 10, 7", "50, 0, 50"})
  void asManyAsAskedForWhereThereIsTime(int asked, int least, int expected) throws Exception {
    assertThat(run(new Rounds(asked, least, 60_000 * MILLISECOND), 0)).isEqualTo(expected);
  }

  @Test
  void theLeastWhateverTheyTake() throws Exception {
    assertThat(run(new Rounds(500, 10, 1), 1)).isEqualTo(10);
    assertThat(run(new Rounds(500, 1, 1), 1)).isEqualTo(1);
  }

  /** The 30th begins before 10 s are over, and later than after 29 x 90 ms, 2.6 s. */
  @Test
  void slowRoundsGetTimeForThirtyAndNoMore() throws Exception {
    assertThat(run(new Rounds(500, 1, 2_500 * MILLISECOND), 90)).isEqualTo(30);
  }
}
