// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;

/**
 * From which batch a whole network on boards pays, in one launch by the planner's cycles, against
 * the sessions on the CPU that were measured.
 *
 * @param network what was measured of it
 * @param boards that are studied
 * @param opponents times of the sessions, one each
 */
public record NetworkBreakEven(
    NetworkLatency network, List<Board> boards, List<CpuCurve> opponents) {
  /** Copies the lists. */
  public NetworkBreakEven {
    boards = List.copyOf(boards);
    opponents = List.copyOf(opponents);
  }

  /**
   * Takes the sessions' times.
   *
   * @throws InvalidArgumentException if none was measured
   */
  public static NetworkBreakEven of(NetworkLatency network, List<Board> boards) {
    Map<String, TreeMap<Integer, Double>> micros = new TreeMap<>();
    Map<String, Noise> noise = new TreeMap<>();
    for (NetworkLatency.Point point : network.points()) {
      for (NetworkLatency.Side side : point.sides()) {
        if (side.way() == NetworkLatency.Way.SESSION) {
          String device = side.times().address();
          micros
              .computeIfAbsent(device, key -> new TreeMap<>())
              .put(point.batch(), side.times().p50());
          Noise own = point.noise().at("%s, batch %,d".formatted(network.name(), point.batch()));
          noise.merge(device, own, Noise::and);
        }
      }
    }
    if (micros.isEmpty()) {
      throw new InvalidArgumentException(
          "no session on the CPU was measured of %s; run 'fabriq latency --networks FILE --json FILE'"
                  .formatted(network.name())
              + " where ONNX Runtime is");
    }
    List<CpuCurve> opponents = new ArrayList<>();
    micros.forEach(
        (device, points) -> opponents.add(new CpuCurve(device, points, noise.get(device))));
    return new NetworkBreakEven(network, boards, opponents);
  }

  /** What was found of a board. */
  public record OnBoard(Board board, BreakEven finding) {}

  /** Each board against each opponent; empty if the network is no program. */
  public List<OnBoard> onBoards() {
    List<OnBoard> found = new ArrayList<>();
    for (Board board : network.planned().fits() ? boards : List.<Board>of()) {
      for (CpuCurve opponent : opponents) {
        BreakEven finding =
            BreakEven.of(
                network.name(),
                board.name(),
                batch -> board.micros(network.planned(), batch),
                opponent);
        found.add(new OnBoard(board, finding));
      }
    }
    return found;
  }

  /** The findings of all boards. */
  public List<BreakEven> findings() {
    return onBoards().stream().map(OnBoard::finding).toList();
  }

  /** Why CPU times this rests on are not to be trusted, by batch, if they are not. */
  public Noise noise() {
    return opponents.stream().map(CpuCurve::noise).reduce(Noise.NONE, Noise::and);
  }
}
