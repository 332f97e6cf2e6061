// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.time.Duration;
import java.util.Optional;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.ReferenceOverlay;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** A device that counts the runs of its networks, and how many are going on at once. */
final class CountingNetworks implements Backend {
  private final boolean computes;
  private final boolean simulated;
  private int runs;
  private int submissions;
  private int going;
  private int most;

  /**
   * @param computes whether results are those of the definition, which allocates; else they stay
   * @param simulated what it says of itself
   */
  CountingNetworks(boolean computes, boolean simulated) {
    this.computes = computes;
    this.simulated = simulated;
  }

  Device device() {
    return new Device("counting", this, Duration.ofSeconds(10));
  }

  /** Runs that blocked. */
  int runs() {
    return runs;
  }

  /** Runs that were submitted. */
  int submissions() {
    return submissions;
  }

  /** The most submissions that were not released yet. */
  int most() {
    return most;
  }

  /** Submissions that are not released. */
  int going() {
    return going;
  }

  @Override
  public String description() {
    return "counting";
  }

  @Override
  public boolean simulated() {
    return simulated;
  }

  @Override
  public Optional<OverlayTarget> overlay() {
    return Optional.of(OverlayTarget.DEFAULT);
  }

  @Override
  public Resident prepare(MatmulWeights weights) {
    throw new UnsupportedOperationException("no multiplications");
  }

  @Override
  public Resident prepare(OverlayProgram program) {
    return new Network(new ReferenceOverlay(program.bytes(), overlay().orElseThrow(), false));
  }

  @Override
  public void reset() {}

  @Override
  public void ping() {}

  @Override
  public void close() {}

  private final class Network implements Resident {
    private final ReferenceOverlay overlay;

    private Network(ReferenceOverlay overlay) {
      this.overlay = overlay;
    }

    @Override
    public void run(Tensor a, Tensor c, long timeoutNanos, StageTimes times) {
      runs++;
      compute(a, c);
    }

    private void compute(Tensor a, Tensor c) {
      if (computes) {
        overlay.run((Int8Tensor) a, (Int8Tensor) c);
      }
    }

    @Override
    public Submission submit(Tensor a, long timeoutNanos) {
      Tensor images = a.copy();
      submissions++;
      going++;
      most = Math.max(most, going);
      return new Submission() {
        @Override
        public void await(Tensor c, long nanos, StageTimes times) {
          compute(images, c);
        }

        @Override
        public void release() {
          going--;
        }
      };
    }

    @Override
    public long bytes() {
      return -1;
    }

    @Override
    public void release() {}
  }
}
