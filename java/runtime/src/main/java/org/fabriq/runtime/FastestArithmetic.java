// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.tensor.Tensor;

/**
 * Several libraries, of which each multiplication takes the fastest. The first time a shape comes
 * (kernel, K, N, and M rounded up to a power of two) each library does it, turn by turn, for 5 ms
 * (at least 3 times), and the one with the least time of a call keeps the shape, for all weights of
 * this size until the JVM ends. One trial runs at a time.
 */
final class FastestArithmetic implements CpuArithmetic {
  private static final long TRIAL_NANOS = 5_000_000;
  private static final int LEAST_TRIALS = 3;
  private static final int HOPELESS = 8;
  private static final Map<String, String> CHOSEN = new ConcurrentHashMap<>();

  private final Map<String, CpuArithmetic> candidates;
  private final String threads;

  /**
   * Takes libraries over.
   *
   * @param candidates by name, two or more
   * @param threads what they were opened with, part of what a choice depends on
   */
  FastestArithmetic(Map<String, CpuArithmetic> candidates, int threads) {
    this.candidates = candidates;
    this.threads = " " + threads;
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
    private final AtomicReferenceArray<Product> choices = new AtomicReferenceArray<>(33);

    FastestProduct(MatmulWeights weights) {
      this.weights = weights;
    }

    @Override
    public void multiply(Tensor a, Tensor c) {
      int bucket = Integer.SIZE - Integer.numberOfLeadingZeros(a.rows() - 1);
      Product product = choices.get(bucket);
      if (product == null) {
        product = choose(bucket, a, c);
        choices.set(bucket, product);
      }
      product.multiply(a, c);
    }

    private Product choose(int bucket, Tensor a, Tensor c) {
      String shape =
          "%s %d %d %d %s%s"
              .formatted(
                  weights.type(), bucket, weights.k(), weights.n(), weights.output(), threads);
      String name = CHOSEN.get(shape);
      if (name == null || !candidates.containsKey(name)) {
        synchronized (CHOSEN) {
          name = CHOSEN.get(shape);
          if (name == null || !candidates.containsKey(name)) {
            name = trial(a, c);
            CHOSEN.put(shape, name);
          }
        }
      }
      return product(name);
    }

    private Product product(String name) {
      return products.computeIfAbsent(name, key -> candidates.get(key).prepare(weights));
    }

    private String trial(Tensor a, Tensor c) {
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
          if (turn < LEAST_TRIALS || (spent[i] < TRIAL_NANOS && !hopeless)) {
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
