// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In what order sides run, and which runs count. */
class TurnByTurnTest {
  private static final long NANOS = 2_000_000_000;

  private final List<String> log = new ArrayList<>();

  private final class Logged implements Contender {
    private final String name;
    private final long nanos;

    Logged(String name, long nanos) {
      this.name = name;
      this.nanos = nanos;
    }

    @Override
    public void run() {
      log.add(name);
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void addTo(LatencySeries series) {
      log.add(name + " counts");
      series.add(nanos, List.of());
    }

    @Override
    public void close() {}
  }

  private TurnByTurn.Measured measure(int rounds, Contender... sides) {
    return new TurnByTurn(rounds, NANOS).measure(List.of(sides));
  }

  @Test
  void sidesTakeTurns() {
    TurnByTurn.Measured measured = measure(12, new Logged("a", 1_000), new Logged("b", 2_000));
    assertThat(measured.series()).extracting(LatencySeries::count).containsExactly(12L, 12L);
    assertThat(measured.series().get(1).micros(50)).isBetween(1.99, 2.01);
    assertThat(measured.noise().findings()).contains("12 samples, fewer than 30");
    assertThat(log.subList(log.size() - 4, log.size()))
        .containsExactly("a", "a counts", "b", "b counts");
  }

  /**
   * What runs behind a slow side runs once unmeasured, so that the slow one's caches are not its.
   */
  @Test
  void behindASlowSideARunDoesNotCount() {
    long slow = TimeUnit.MICROSECONDS.toNanos(300);
    measure(10, new Logged("fast", 1_000), new Logged("slow", slow), new Logged("next", 1_000));
    assertThat(log.subList(log.size() - 7, log.size()))
        .containsExactly(
            "fast", "fast counts", "slow", "slow counts", "next", "next", "next counts");
  }

  @Test
  void aSlowSideRunsInEveryEighthRoundBeyondTheFirst30() {
    long slow = TimeUnit.MICROSECONDS.toNanos(60);
    List<LatencySeries> series =
        new TurnByTurn(62, NANOS)
            .measure(List.of(new Logged("fast", 1_000), new Logged("slow", slow)))
            .series();
    assertThat(series).extracting(LatencySeries::count).containsExactly(62L, 30L + 4);
  }
}
