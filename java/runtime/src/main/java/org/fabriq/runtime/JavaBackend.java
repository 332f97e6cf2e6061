// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.tensor.Tensor;

/**
 * A device that computes in Java, in the calling thread; submissions run on the common pool.
 * Arithmetic always ends, so deadlines bound only the wait for a submission, and nothing is ever
 * poisoned.
 */
final class JavaBackend implements Backend {
  /** Weights with the arithmetic that multiplies by them; safe for several threads. */
  interface Multiplication {
    void multiply(Tensor a, Tensor c);
  }

  private final String description;
  private final Function<MatmulWeights, Multiplication> arithmetic;

  JavaBackend(String description, Function<MatmulWeights, Multiplication> arithmetic) {
    this.description = description;
    this.arithmetic = arithmetic;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Resident prepare(MatmulWeights weights) {
    return new JavaResident(arithmetic.apply(weights), weights);
  }

  @Override
  public void reset() {}

  @Override
  public void ping() {}

  @Override
  public void close() {}

  private record JavaResident(Multiplication multiplication, MatmulWeights weights)
      implements Resident {
    @Override
    public void multiply(Tensor a, Tensor c, long timeoutNanos, StageTimes times) {
      if (times == null) {
        multiplication.multiply(a, c);
        return;
      }
      long start = System.nanoTime();
      multiplication.multiply(a, c);
      times.setKernelOnly(System.nanoTime() - start);
    }

    @Override
    public Submission submit(Tensor a, long timeoutNanos) {
      Tensor input = a.copy();
      Tensor result = Tensor.allocate(weights.output().type(), a.rows(), weights.n());
      StageTimes times = new StageTimes();
      return new JavaSubmission(
          CompletableFuture.runAsync(() -> multiply(input, result, timeoutNanos, times)),
          result,
          times);
    }

    @Override
    public long bytesOfB() {
      return -1;
    }

    @Override
    public void release() {}
  }

  private record JavaSubmission(CompletableFuture<Void> run, Tensor result, StageTimes measured)
      implements Submission {
    @Override
    public void await(Tensor c, long timeoutNanos, StageTimes times) {
      try {
        run.get(timeoutNanos, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new KernelTimeoutException(
            "Run did not end within %d ms; wait longer, or give timeout=60s"
                .formatted(TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for a run");
      } catch (ExecutionException e) {
        throw new CompletionException(e.getCause());
      }
      c.copyFrom(result);
      if (times != null) {
        times.copyFrom(measured);
      }
    }

    @Override
    public void release() {
      run.cancel(false);
    }
  }
}
