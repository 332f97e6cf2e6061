// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.tensor.Tensor;

/**
 * Several libraries, of which each multiplication takes the fastest. In a trial of a shape (kernel,
 * K, N, and M rounded up to a power of two) each library does it, turn by turn, for 5 ms (later 30
 * ms, so that its code is compiled; at least 3 times), and the one with the least time of a call
 * gets the shape, for all weights of this size. When there are trials: {@link ShapeChoice}. One
 * runs at a time.
 */
final class FastestArithmetic implements CpuArithmetic {
  private static final long FIRST_TRIAL_NANOS = 5_000_000;
  private static final long LATER_TRIAL_NANOS = 30_000_000;
  private static final int LEAST_TRIALS = 3;
  private static final int HOPELESS = 8;
  private static final Map<String, ShapeChoice> CHOICES = new ConcurrentHashMap<>();
  private static final ReentrantLock TRIALS = new ReentrantLock();

  private final Map<String, CpuArithmetic> candidates;
  private final String key;

  /**
   * Takes libraries over.
   *
   * @param candidates by name, two or more
   * @param threads what they were opened with, part of what a choice depends on
   */
  FastestArithmetic(Map<String, CpuArithmetic> candidates, int threads) {
    this.candidates = candidates;
    this.key = threads + " " + candidates.keySet();
  }

  @Override
  public String description() {
    return candidates.values().stream()
        .map(CpuArithmetic::description)
        .collect(Collectors.joining("; ", "the fastest for each shape of: ", ""));
  }

  @Override
  public boolean exact() {
    return candidates.values().stream().allMatch(CpuArithmetic::exact);
  }

  @Override
  public Product prepare(MatmulWeights weights) {
    return new FastestProduct(weights);
  }

  @Override
  public void close() {
    candidates.values().forEach(CpuArithmetic::close);
  }

  private final class FastestProduct implements Product {
    private final MatmulWeights weights;
    private final Map<String, Product> products = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<ShapeChoice> choices = new AtomicReferenceArray<>(33);

    FastestProduct(MatmulWeights weights) {
      this.weights = weights;
    }

    @Override
    public void multiply(Tensor a, Tensor c) {
      int bucket = Integer.SIZE - Integer.numberOfLeadingZeros(a.rows() - 1);
      ShapeChoice choice = choices.get(bucket);
      if (choice == null) {
        choice = choice(bucket);
        choice.decide(() -> trial(a, c, FIRST_TRIAL_NANOS));
        choices.set(bucket, choice);
      }
      Product product = product(choice.name());
      long start = System.nanoTime();
      product.multiply(a, c);
      long nanos = System.nanoTime() - start;
      if (choice.use(nanos)) {
        choice.decideAnew(() -> trial(a, c, LATER_TRIAL_NANOS));
      }
    }

    private ShapeChoice choice(int bucket) {
      String shape =
          "%s %d %d %d %s %s"
              .formatted(weights.type(), bucket, weights.k(), weights.n(), weights.output(), key);
      return CHOICES.computeIfAbsent(shape, name -> new ShapeChoice(TRIALS));
    }

    private Product product(String name) {
      Product product = products.get(name);
      return product != null
          ? product
          : products.computeIfAbsent(name, absent -> candidates.get(name).prepare(weights));
    }

    private String trial(Tensor a, Tensor c, long nanosOfEach) {
      Tensor scratch = Tensor.allocate(c.type(), c.rows(), c.columns());
      List<String> names = new ArrayList<>(candidates.keySet());
      long[] least = new long[names.size()];
      long[] spent = new long[names.size()];
      Arrays.fill(least, Long.MAX_VALUE);
      long best = Long.MAX_VALUE;
      boolean going = true;
      for (int turn = 0; going; turn++) {
        going = false;
        for (int i = 0; i < least.length; i++) {
          boolean hopeless = turn >= LEAST_TRIALS && least[i] / HOPELESS > best;
          if (turn < LEAST_TRIALS || (spent[i] < nanosOfEach && !hopeless)) {
            Product product = product(names.get(i));
            long start = System.nanoTime();
            product.multiply(a, scratch);
            long nanos = System.nanoTime() - start;
            spent[i] += nanos;
            least[i] = Math.min(least[i], nanos);
            best = Math.min(best, nanos);
            going = true;
          }
        }
      }
      int fastest = 0;
      for (int i = 1; i < least.length; i++) {
        fastest = least[i] < least[fastest] ? i : fastest;
      }
      return names.get(fastest);
    }

    @Override
    public void release() {
      products.values().forEach(Product::release);
    }
  }
}
