// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fabriq.FabriqException;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Tensor;

/**
 * A device that computes in the calling thread; submissions run on the common pool. Arithmetic
 * always ends, so deadlines bound only the wait for a submission, and nothing is ever poisoned.
 */
final class JavaBackend implements Backend {
  private final CpuArithmetic arithmetic;

  JavaBackend(CpuArithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  @Override
  public String description() {
    return arithmetic.description();
  }

  @Override
  public boolean exact() {
    return arithmetic.exact();
  }

  @Override
  public boolean simulated() {
    return false;
  }

  @Override
  public Resident prepare(MatmulWeights weights) {
    return new JavaResident(arithmetic.prepare(weights), weights.output().type(), weights.n());
  }

  @Override
  public Optional<OverlayTarget> overlay() {
    return arithmetic.overlay();
  }

  @Override
  public Resident prepare(OverlayProgram program) {
    return new JavaResident(arithmetic.prepare(program), DataType.INT8, program.resultBytes());
  }

  @Override
  public void reset() {}

  @Override
  public void ping() {}

  @Override
  public void close() {
    arithmetic.close();
  }

  private record JavaResident(CpuArithmetic.Product product, DataType type, int columns)
      implements Resident {
    @Override
    public void run(Tensor a, Tensor c, long timeoutNanos, StageTimes times) {
      if (times == null) {
        product.multiply(a, c);
        return;
      }
      long start = System.nanoTime();
      product.multiply(a, c);
      times.setKernelOnly(System.nanoTime() - start);
    }

    @Override
    public Submission submit(Tensor a, long timeoutNanos) {
      Tensor input = a.copy();
      Tensor result = Tensor.allocate(type, a.rows(), columns);
      StageTimes times = new StageTimes();
      JavaSubmission submission =
          new JavaSubmission(
              () -> run(input, result, timeoutNanos, times),
              result,
              times,
              new AtomicBoolean(),
              new CompletableFuture<>());
      ForkJoinPool.commonPool().execute(submission);
      return submission;
    }

    @Override
    public long bytes() {
      return -1;
    }

    @Override
    public void release() {
      product.release();
    }
  }

  /** Whoever takes {@code claimed} first decides: the pool computes, or the owner drops the run. */
  private record JavaSubmission(
      Runnable work,
      Tensor result,
      StageTimes measured,
      AtomicBoolean claimed,
      CompletableFuture<Void> done)
      implements Submission, Runnable {
    @Override
    public void run() {
      if (claimed.compareAndSet(false, true)) {
        try {
          work.run();
          done.complete(null);
        } catch (RuntimeException | Error e) {
          done.completeExceptionally(e);
        }
      }
    }

    @Override
    public void await(Tensor c, long timeoutNanos, StageTimes times) {
      try {
        done.get(timeoutNanos, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new KernelTimeoutException(
            "Run did not end within %d ms; wait longer, or give timeout=60s"
                .formatted(TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for a run");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof FabriqException typed
            ? typed
            : new CompletionException(e.getCause());
      }
      c.copyFrom(result);
      if (times != null) {
        times.copyFrom(measured);
      }
    }

    /** Waits for a run that has begun, since it reads the weights. */
    @Override
    public void release() {
      if (!claimed.compareAndSet(false, true)) {
        done.handle((nothing, failure) -> null).join();
      }
    }
  }
}
