// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.fabriq.plan.LayerTimes;
import org.fabriq.runtime.StageTimes;
import org.junit.jupiter.api.Test;

/** What a series says of its runs. */
class LatencySeriesTest {
  /** Quartiles of 900, 1000, 1000 and 1200 ns: 900, 1000, 1000, one sample at each quarter. */
  @Test
  void spreadIsTheInterquartileRangeOverTheMedian() {
    Histogram histogram = new Histogram(3);
    for (long nanos : new long[] {900, 1000, 1000, 1200}) {
      histogram.recordValue(nanos);
    }
    assertThat(LatencySeries.spread(histogram)).isCloseTo(0.1, within(1e-3));
    histogram.recordValue(1_000_000);
    assertThat(LatencySeries.spread(histogram)).as("an outlier").isCloseTo(0.2, within(1e-3));
  }

  @Test
  void runsOfNoTimeDoNotSpread() {
    LatencySeries series = new LatencySeries();
    assertThat(series.spread()).isZero();
    series.add(List.of(new LayerTimes()));
    assertThat(series.spread()).isZero();
  }

  /** What is not in a dispatch is the rest; a side without dispatches has the whole alone. */
  @Test
  void theTimeOfANetworkIsThatFromEndToEnd() {
    LatencySeries series = new LatencySeries();
    series.add(5_000, List.of(new LayerTimes(), new LayerTimes()));
    assertThat(series.count()).isOne();
    assertThat(series.micros(50)).isCloseTo(5, within(0.01));
    assertThat(series.stages().get(DispatchStage.REST)).isCloseTo(5, within(0.01));
    LatencySeries session = new LatencySeries();
    session.add(7_000, List.of());
    assertThat(session.micros(50)).isCloseTo(7, within(0.01));
    assertThat(session.stages()).isEmpty();
    assertThat(session.cycles(StageTimes.Cycles.BUSY)).isEqualTo(-1);
  }
}
