// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.fabriq.kernel.IntegerEpilogue;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Weights on oneDNN. For each of the first 16 numbers of rows B is packed as oneDNN likes it best,
 * and kept; further ones are packed at each call.
 */
final class OneDnnProduct implements Product {
  private static final int MAX_SHAPES = 16;

  private final OneDnnArithmetic library;
  private final Tensor b;
  private final Pointer plain;
  private final FloatPointer bias;
  private final FloatOperands floats;
  private final IntegerEpilogue integers;
  private final Map<Integer, OneDnnShape> shapes = new ConcurrentHashMap<>();
  private final Queue<OneDnnRun> runs = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /** A thread's runs, each of another M, and its int32 products. */
  private static final class Scratch {
    private final List<OneDnnRun> runs = new ArrayList<>();
    private Int32Tensor products;

    /** The run of M rows, found without allocation; null if there is none. */
    OneDnnRun run(int m) {
      for (int i = 0; i < runs.size(); i++) {
        if (runs.get(i).rows() == m) {
          return runs.get(i);
        }
      }
      return null;
    }

    Int32Tensor products(int m, int n) {
      if (products == null || products.rows() != m) {
        products = Int32Tensor.allocate(m, n);
      }
      return products;
    }
  }

  private OneDnnProduct(
      OneDnnArithmetic library, Tensor b, FloatOperands floats, IntegerEpilogue integers) {
    this.library = library;
    this.b = b;
    this.floats = floats;
    this.integers = integers;
    this.plain = new BytePointer(b.memory());
    this.bias = floats == null || floats.bias() == null ? null : new FloatPointer(floats.bias());
  }

  static OneDnnProduct ofFloats(OneDnnArithmetic library, MatmulWeights weights) {
    FloatOperands operands = FloatOperands.of(weights);
    return new OneDnnProduct(library, operands.b(), operands, null);
  }

  static OneDnnProduct ofIntegers(OneDnnArithmetic library, WeightsI8I8 weights) {
    return new OneDnnProduct(library, weights.b(), null, new IntegerEpilogue(weights));
  }

  /** What oneDNN runs for 64 x 128 x 64. */
  static String implementation(OneDnnArithmetic library, boolean integers) {
    Tensor b = integers ? Int8Tensor.allocate(128, 64) : Float32Tensor.allocate(128, 64);
    try (Pointer plain = new BytePointer(b.memory());
        OneDnnShape shape = new OneDnnShape(library.engine(), integers, 64, 128, 64, plain, null)) {
      return shape.plan().impl_info_str().getString();
    }
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    Scratch own = scratch.get();
    boolean requantized = integers != null;
    Tensor result = requantized ? own.products(a.rows(), c.columns()) : c;
    library.useThreads();
    OneDnnRun run = own.run(a.rows());
    if (run != null) {
      run.multiply(a, result);
    } else {
      multiplyNewShape(own, a, result);
    }
    if (requantized) {
      integers.finish((Int8Tensor) a, (Int32Tensor) result, c);
    } else {
      floats.finish((Float32Tensor) c);
    }
  }

  private void multiplyNewShape(Scratch own, Tensor a, Tensor result) {
    int m = a.rows();
    OneDnnShape shape = shapes.get(m);
    if (shape == null && shapes.size() >= MAX_SHAPES) {
      try (OneDnnShape once = shape(m);
          OneDnnRun run = new OneDnnRun(library.engine(), once, m)) {
        run.multiply(a, result);
      }
      return;
    }
    OneDnnRun run = new OneDnnRun(library.engine(), shapes.computeIfAbsent(m, this::shape), m);
    own.runs.add(run);
    runs.add(run);
    run.multiply(a, result);
  }

  private OneDnnShape shape(int m) {
    return new OneDnnShape(
        library.engine(), integers != null, m, b.rows(), b.columns(), plain, bias);
  }

  @Override
  public void release() {
    runs.forEach(OneDnnRun::close);
    shapes.values().forEach(OneDnnShape::close);
    plain.close();
    if (bias != null) {
      bias.close();
    }
  }
}
