// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How much of the processors other programs take, this process and its children (device processes)
 * left out: the first line of {@code /proc/stat} (Linux, proc(5)) less what the children and this
 * process used. Time stolen by a hypervisor counts as others'.
 *
 * @param nanos when
 * @param busy nanoseconds of all processors since the system began
 * @param own nanoseconds of this process and its children
 */
record OtherPrograms(long nanos, long busy, long own) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  /** user, nice, system, irq, softirq, steal; between them idle and iowait. */
  private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

  /** Below this the counters, which go by 10 ms, tell nothing. */
  private static final long LEAST_NANOS = 200_000_000;

  /** As it is now; empty where the system does not tell. */
  static Optional<OtherPrograms> now() {
    try (Stream<String> lines = Files.lines(STAT)) {
      long busy = busy(lines.findFirst().orElse(""));
      return busy < 0
          ? Optional.empty()
          : Optional.of(new OtherPrograms(System.nanoTime(), busy, used()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long used() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToLong(Duration::toNanos)
        .sum();
  }

  /** Nanoseconds that all processors were at work, by the line {@code cpu}; -1 if it is none. */
  static long busy(String line) {
    if (!line.matches("cpu +[0-9]{1,15}( [0-9]{1,15}){7,}")) {
      return -1;
    }
    String[] fields = line.split(" +");
    long ticks = 0;
    for (int field : BUSY) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks * NANOS_PER_TICK;
  }

  /** Blocks until {@link #until} can tell: up to 200 ms. */
  void awaitLeastWindow() throws InterruptedException {
    long left = nanos + LEAST_NANOS - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left + NANOS_PER_MILLISECOND);
    }
  }

  /** Processors that others took from then until now; empty for a time too short to tell. */
  OptionalDouble until(OtherPrograms now) {
    long elapsed = now.nanos - nanos;
    return elapsed < LEAST_NANOS
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, (double) (now.busy - busy - (now.own - own)) / elapsed));
  }
}
