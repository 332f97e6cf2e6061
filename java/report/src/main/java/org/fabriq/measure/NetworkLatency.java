// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.fabriq.runtime.StageTimes.Cycles;

/**
 * What was measured of a whole network, from the codes of images to the integers that it gives, in
 * microseconds per batch.
 *
 * @param name what tables call it
 * @param layers of the network, in words
 * @param planned what it takes as a program, by formula
 * @param points one per batch
 */
public record NetworkLatency(
    String name, String layers, PlannedNetwork planned, List<Point> points) {

  /** Copies the list. */
  public NetworkLatency {
    points = List.copyOf(points);
  }

  /** How a side computes the network. */
  public enum Way {
    /** One launch for the whole network, or for each of its parts that fits. */
    NETWORK,
    /** A launch for each layer. */
    LAYER,
    /** One session of a program that runs models on the CPU. */
    SESSION
  }

  /**
   * One batch.
   *
   * @param noise why times of this point are not to be trusted, if they are not
   * @param sides the device first, then its opponents
   */
  public record Point(int batch, Noise noise, List<Side> sides) {
    /** Copies the list. */
    public Point {
      sides = List.copyOf(sides);
    }

    /** The same with all cycles by another clock. */
    public Point at(double megahertz) {
      return new Point(batch, noise, sides.stream().map(side -> side.at(megahertz)).toList());
    }
  }

  /**
   * One way of computing the network.
   *
   * @param times of a batch; the cycles are those of the kernel from start to done
   * @param cycles medians of all kinds that the device tells; none where it tells none
   */
  public record Side(Way way, LatencyResult.Side times, Map<Cycles, Long> cycles) {
    /** Copies the map. */
    public Side {
      cycles = Map.copyOf(cycles);
    }

    /** The same by another clock. */
    public Side at(double megahertz) {
      return new Side(way, times.at(megahertz), cycles);
    }

    /** What it is called: the device, and the way where it is no session. */
    public String name() {
      return switch (way) {
        case NETWORK -> times.address() + ", one launch";
        case LAYER -> times.address() + ", layers";
        case SESSION -> times.address() + ", session";
      };
    }
  }

  /** Whether a session on the CPU was measured, at any batch. */
  public boolean hasSession() {
    return points.stream()
        .flatMap(point -> point.sides().stream())
        .anyMatch(side -> side.way() == Way.SESSION);
  }

  /** The part of the array's multiplications that a launch of the whole needed, where it counts. */
  public OptionalDouble arrayUse(Point point, Side side) {
    long cycles = side.times().cycles();
    return side.way() == Way.NETWORK && cycles > 0 && planned.fits()
        ? OptionalDouble.of(planned.arrayUse(point.batch(), cycles))
        : OptionalDouble.empty();
  }
}
