// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Which candidate a shape takes, decided by trials. The first trial comes with the first use, when
 * little is compiled yet, so there are two more, after {@value #SECOND_NANOS} ns and {@value
 * #THIRD_NANOS} ns of use. Safe for several threads: the first use waits for a trial that goes on,
 * later ones keep what there is.
 */
final class ShapeChoice {
  static final long SECOND_NANOS = 50_000_000;
  static final long THIRD_NANOS = 500_000_000;

  private final ReentrantLock lock;
  private final AtomicLong used = new AtomicLong();
  private volatile long next = SECOND_NANOS;
  private volatile String name;

  /**
   * Undecided.
   *
   * @param lock held during a trial; trials that share it do not disturb each other
   */
  ShapeChoice(ReentrantLock lock) {
    this.lock = lock;
  }

  /** The candidate, or null before the first trial. */
  String name() {
    return name;
  }

  /** Decides if nothing has been decided yet; waits for a trial that goes on. */
  void decide(Supplier<String> trial) {
    lock.lock();
    try {
      if (name == null) {
        name = trial.get();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells of a use. True if it is time to decide anew. */
  boolean use(long nanos) {
    return used.addAndGet(nanos) >= next;
  }

  /** Decides anew if it is time and no other trial goes on. */
  void decideAnew(Supplier<String> trial) {
    if (lock.tryLock()) {
      try {
        if (used.get() >= next) {
          next = next == SECOND_NANOS ? THIRD_NANOS : Long.MAX_VALUE;
          name = trial.get();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
