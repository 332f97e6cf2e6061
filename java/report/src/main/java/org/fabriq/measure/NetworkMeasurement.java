// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.tensor.Int8Tensor;

/**
 * Measures a whole network in several ways, {@linkplain TurnByTurn turn by turn}: from codes of
 * images in the host's memory to integers there. Weights, programs and buffers were made before.
 */
public final class NetworkMeasurement {
  private static final long SEED = 1;

  private final IntegerNetwork network;
  private final TurnByTurn turns;

  /**
   * Plans.
   *
   * @param rounds to measure at each batch
   * @param nanos as of {@link LatencyMeasurement}
   */
  public NetworkMeasurement(IntegerNetwork network, int rounds, long nanos) {
    this.network = network;
    this.turns = new TurnByTurn(rounds, nanos);
  }

  /**
   * Measures one batch of seeded random codes; the first side is the one others are set against.
   */
  public NetworkLatency.Point measure(int batch, List<? extends NetworkSide> sides) {
    Int8Tensor images = images(batch);
    List<WholeNetwork> contenders = new ArrayList<>();
    try {
      sides.forEach(side -> contenders.add(side.open(network, images)));
      TurnByTurn.Measured measured = turns.measure(contenders);
      List<NetworkLatency.Side> found = new ArrayList<>();
      for (int i = 0; i < sides.size(); i++) {
        found.add(contenders.get(i).side(measured.series().get(i)));
      }
      return new NetworkLatency.Point(batch, measured.noise(), found);
    } finally {
      contenders.forEach(WholeNetwork::close);
    }
  }

  private Int8Tensor images(int batch) {
    SplittableRandom random = new SplittableRandom(SEED);
    Int8Tensor images = Int8Tensor.allocate(network.input().tensorShape(batch));
    for (int i = 0; i < images.size(); i++) {
      images.set(i, (byte) random.nextInt(Byte.MIN_VALUE, Byte.MAX_VALUE + 1));
    }
    return images;
  }
}
