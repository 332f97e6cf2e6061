// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.SumOrderBound;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A layer on a device: weights resident, buffers for a batch made once. Quantize, one dispatch,
 * dequantize, activation function. For use by one thread at a time.
 */
public final class LayerStep implements AutoCloseable {
  private final LayerKernel kernel;
  private final Device device;
  private final MatmulKernel matmul;
  private final PreparedWeights prepared;
  private final int batch;
  private final Int8Tensor codes;
  private final Tensor results;
  private final OutputTable table;
  private final int[] sums;
  private final float[] values;

  /**
   * Places a layer; its weights are copied to the device.
   *
   * @param batch the largest number of rows of a run
   */
  public LayerStep(LayerKernel kernel, Device device, int batch) {
    if (batch < 1) {
      throw new InvalidArgumentException("batch %d is below 1".formatted(batch));
    }
    this.kernel = kernel;
    this.device = device;
    this.batch = batch;
    this.codes = kernel.input() == null ? null : Int8Tensor.allocate(batch, kernel.weights().k());
    this.results =
        kernel.outputScales() == null
            ? null
            : Tensor.allocate(kernel.weights().output().type(), batch, kernel.weights().n());
    this.table =
        results instanceof Int8Tensor
            ? new OutputTable(
                kernel.outputScales()[0], kernel.outputZero(), kernel.layer().activation())
            : null;
    int n = kernel.weights().n();
    this.sums = new int[n];
    this.values = new float[n];
    this.matmul = device.matmul(kernel.weights().type());
    this.prepared = matmul.prepare(kernel.weights());
  }

  /**
   * Computes the layer for the rows of {@code in}.
   *
   * @param in M x K, M at most the batch
   * @param out M x N, overwritten
   * @param times receives where the time went, or null
   */
  public void run(Float32Tensor in, Float32Tensor out, LayerTimes times) {
    long start = System.nanoTime();
    Tensor a = encode(in);
    Tensor c = results == null ? out : part(results, in.rows());
    long quantized = System.nanoTime();
    matmul.multiply(a, prepared, c, times == null ? null : times.stages());
    long multiplied = System.nanoTime();
    if (c instanceof Int8Tensor outputs) {
      table.read(outputs, out);
    } else if (c instanceof Int32Tensor sums) {
      dequantize(sums, out);
    }
    long dequantized = System.nanoTime();
    if (table == null) {
      kernel.layer().activation().apply(out);
    }
    if (times != null) {
      times.set(
          codes == null ? -1 : quantized - start,
          results == null ? -1 : dequantized - multiplied,
          dequantized - start,
          System.nanoTime() - dequantized);
    }
  }

  /**
   * Runs the kernel and the reference on the same inputs and counts the elements of C, before any
   * activation function, that differ in a bit; on a device that is not exact, those outside {@link
   * SumOrderBound}. The reference takes all processors.
   *
   * @param in M x K, M at most the batch
   */
  public int mismatches(Float32Tensor in) {
    Tensor a = encode(in);
    MatmulWeights weights = kernel.weights();
    Tensor c = Tensor.allocate(weights.output().type(), in.rows(), weights.n());
    matmul.multiply(a, prepared, c);
    return IntStream.range(0, in.rows())
        .parallel()
        .map(row -> mismatchesOfRow(a.rows(row, row + 1), c.rows(row, row + 1)))
        .sum();
  }

  private int mismatchesOfRow(Tensor a, Tensor c) {
    MatmulWeights weights = kernel.weights();
    Tensor expected = Tensor.allocate(c.type(), c.rows(), c.columns());
    ReferenceMatmul.multiply(a, weights, expected);
    return device.exact()
        ? c.mismatches(expected)
        : SumOrderBound.violations(a, weights, expected, c);
  }

  /** What is computed. */
  public LayerKernel kernel() {
    return kernel;
  }

  /** Where it is computed. */
  public Device device() {
    return device;
  }

  /** Frees the resident weights; the device stays open. */
  @Override
  public void close() {
    prepared.close();
  }

  private Tensor encode(Float32Tensor in) {
    if (in.rows() > batch) {
      throw new InvalidArgumentException(
          "%d rows are over the batch of %d this layer was placed for".formatted(in.rows(), batch));
    }
    if (codes == null) {
      return in;
    }
    Int8Tensor part = (Int8Tensor) part(codes, in.rows());
    kernel.input().quantize(in, part);
    return part;
  }

  private Tensor part(Tensor whole, int rows) {
    return rows == batch ? whole : whole.rows(0, rows);
  }

  private void dequantize(Int32Tensor c, Float32Tensor out) {
    float[] scales = kernel.outputScales();
    for (int row = 0; row < c.rows(); row++) {
      int first = row * sums.length;
      c.ints().get(first, sums, 0, sums.length);
      for (int n = 0; n < sums.length; n++) {
        values[n] = (float) ((double) (sums[n] - kernel.outputZero()) * scales[n]);
      }
      out.floats().put(first, values, 0, values.length);
    }
  }
}
