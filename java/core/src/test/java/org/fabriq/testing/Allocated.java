// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the calling thread allocates. */
public final class Allocated {
  private static final int ROUNDS = 6;

  private Allocated() {}

  /**
   * The least that one of several rounds of some work allocates: what the JVM itself allocates now
   * and then, as its compiler does, is not in it.
   */
  public static long by(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      work.run();
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    return least;
  }
}
