// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.List;

/**
 * Measures sides turn by turn. In every round each side runs once, so drift of the machine hits
 * them alike; a side that needs much longer than the others takes part in every eighth round beyond
 * the first 30. Rounds are not counted until the medians of two windows of 16 rounds agree within 5
 * %, or a third of the time is over.
 */
final class TurnByTurn {
  private static final int WINDOW = 16;
  private static final double STEADY = 1.05;
  private static final int SLOW = 50;
  private static final int SLOW_ROUNDS = 8;
  private static final int LEAST_ROUNDS = 10;

  private final int rounds;
  private final long nanos;

  /**
   * Plans.
   *
   * @param rounds to measure
   * @param nanos the longest time; up to 30 rounds may take four times that, and 10 are measured
   *     whatever they take
   */
  TurnByTurn(int rounds, long nanos) {
    this.rounds = rounds;
    this.nanos = nanos;
  }

  /**
   * What was measured.
   *
   * @param noise why the times are not to be trusted, if they are not
   * @param series of each side, in order
   */
  record Measured(Noise noise, List<LatencySeries> series) {}

  /** Measures the sides. */
  Measured measure(List<? extends Contender> contenders) {
    List<Turns> sides = contenders.stream().map(Turns::new).toList();
    // The first run of a kernel reads its weights or program, whatever the time.
    contenders.forEach(Contender::run);
    warmUp(sides, new NoiseWatch());
    NoiseWatch measured = new NoiseWatch();
    Rounds measuring = new Rounds(rounds, LEAST_ROUNDS, nanos);
    while (measuring.next()) {
      measured.beat();
      boolean slowRan = false;
      for (Turns side : sides) {
        boolean slow = side.every > 1;
        if (measuring.wanted() || measuring.begun() % side.every == 0) {
          if (slowRan && !slow) {
            side.contender.run();
          }
          side.contender.run();
          side.contender.addTo(side.series);
          slowRan |= slow;
        }
      }
    }
    List<LatencySeries> series = sides.stream().map(side -> side.series).toList();
    long samples = series.stream().mapToLong(LatencySeries::count).min().orElse(0);
    return new Measured(measured.judge(samples), series);
  }

  private void warmUp(List<Turns> sides, NoiseWatch noise) {
    long start = System.nanoTime();
    double before = 0;
    boolean steady = false;
    while (!steady && System.nanoTime() - start < nanos / 3) {
      LatencySeries window = new LatencySeries();
      for (int i = 0; i < WINDOW && System.nanoTime() - start < nanos / 3; i++) {
        noise.beat();
        for (Turns side : sides) {
          side.contender.run();
          side.contender.addTo(window);
          side.least = Math.min(side.least, side.contender.nanos());
        }
      }
      double median = window.micros(50);
      steady = Math.max(median, before) <= STEADY * Math.min(median, before);
      before = median;
    }
    long fastest = sides.stream().mapToLong(side -> side.least).min().orElse(1);
    sides.forEach(side -> side.every = side.least / SLOW > fastest ? SLOW_ROUNDS : 1);
  }

  /** A side, how often it runs, and what was measured of it. */
  private static final class Turns {
    private final Contender contender;
    private final LatencySeries series = new LatencySeries();
    private long least = Long.MAX_VALUE;
    private int every = 1;

    Turns(Contender contender) {
      this.contender = contender;
    }
  }
}
