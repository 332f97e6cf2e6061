// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.measure.LatencySeries;
import org.fabriq.measure.NetworkSide;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.tensor.Int8Tensor;

/**
 * A whole integer network in the programs that run models on the CPU, timed batch by batch beside a
 * device. For use by one thread.
 */
final class ComparedSessions implements AutoCloseable {
  private record Timed(String address, NetworkSession session, LatencySeries series) {}

  private final List<Timed> sessions = new ArrayList<>();

  /** None. */
  ComparedSessions() {}

  /**
   * Opens one for each program that is there, with one thread and with all.
   *
   * @param images codes of a batch
   */
  static ComparedSessions of(IntegerNetwork network, Int8Tensor images) {
    ComparedSessions opened = new ComparedSessions();
    try {
      for (NetworkSide.InSession side : NetworkSessions.of(network)) {
        opened.sessions.add(new Timed(side.address(), side.session(images), new LatencySeries()));
      }
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Runs each once. */
  void run() {
    sessions.forEach(timed -> timed.session.run());
  }

  /** Runs each once and adds its time. */
  void time() {
    for (Timed timed : sessions) {
      long start = System.nanoTime();
      timed.session.run();
      timed.series.add(System.nanoTime() - start, List.of());
    }
  }

  List<SessionResult> results() {
    return sessions.stream()
        .map(each -> new SessionResult(each.address, each.session.description(), each.series))
        .toList();
  }

  @Override
  public void close() {
    sessions.forEach(timed -> timed.session.close());
  }
}
