// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.kernel.KernelLimits;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.SumOrderBound;
import org.fabriq.model.Activation;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A dense layer or a convolution on a device, with the activation function behind it: inputs are
 * encoded where the kernel wants codes, windows become the rows of A, weights are resident, and C
 * is read back as values where the buffer wants them. A dense layer is a convolution of images of
 * one pixel.
 *
 * <p>A run is cut into multiplications of at most {@value #BYTES_AT_ONCE} bytes of A.
 */
final class MatmulStep implements Step {
  private static final int BYTES_AT_ONCE = 1 << 24;

  private final LayerKernel kernel;
  private final Activation activation;
  private final Patches patches;
  private final Device device;
  private final MatmulKernel matmul;
  private final List<PreparedWeights> groups = new ArrayList<>();
  private final Tensor in;
  private final Tensor out;
  private final Int8Tensor codes;
  private final Tensor a;
  private final Tensor groupC;
  private final Tensor results;
  private final OutputReader reader;
  private final int rowsAtOnce;
  private final List<Part> parts = new ArrayList<>();
  private int samples;
  private Tensor wholeIn;
  private Int8Tensor wholeCodes;
  private Tensor wholeOut;

  /** A multiplication: the rows from (included) to to, and views of what it works on. */
  private record Part(int from, int to, Tensor a, Tensor groupC, Tensor c, Tensor out) {}

  /**
   * Places a layer; its weights are copied to the device.
   *
   * @param activation what is applied to values that are read back; none for integers
   * @param in of pixels x channels
   * @param out of pixels x outputs
   */
  MatmulStep(
      LayerKernel kernel,
      Activation activation,
      Patches patches,
      Device device,
      Tensor in,
      Tensor out) {
    this.kernel = kernel;
    this.activation = activation;
    this.patches = patches;
    this.device = device;
    this.in = in;
    this.out = out;
    this.codes = kernel.input() == null ? null : Int8Tensor.allocate(in.rows(), in.columns());
    MatmulWeights weights = kernel.groups().get(0);
    int bytes = patches.columns() * weights.type().typeOfA().bytes();
    int fitting = Math.max(1, BYTES_AT_ONCE / bytes);
    this.rowsAtOnce = Math.min(Math.min(fitting, KernelLimits.MAX_M), out.rows());
    this.a =
        patches.isIdentity()
            ? null
            : Tensor.allocate(weights.type().typeOfA(), rowsAtOnce, patches.columns());
    this.groupC =
        kernel.groups().size() == 1
            ? null
            : Tensor.allocate(weights.output().type(), rowsAtOnce, weights.n());
    this.results =
        kernel.outputScales() == null
            ? null
            : Tensor.allocate(weights.output().type(), rowsAtOnce, kernel.outputs());
    this.reader = results == null ? null : OutputReader.of(kernel, activation);
    this.matmul = device.matmul(weights.type());
    try {
      kernel.groups().forEach(group -> groups.add(matmul.prepare(group)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public long weightBytes() {
    return kernel.weightBytes();
  }

  @Override
  public boolean timed() {
    return true;
  }

  @Override
  public void run(int count, LayerTimes times) {
    long start = System.nanoTime();
    prepare(count);
    long quantized = System.nanoTime();
    long reading = 0;
    if (times != null) {
      times.begin();
    }
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      multiply(part, times);
      if (reader != null) {
        long multiplied = System.nanoTime();
        reader.read(part.c, (Float32Tensor) part.out);
        reading += System.nanoTime() - multiplied;
      }
    }
    long read = System.nanoTime();
    if (activation != Activation.NONE && (reader == null || !reader.activates())) {
      activation.apply((Float32Tensor) wholeOut);
    }
    if (times != null) {
      times.set(
          codes == null ? -1 : quantized - start,
          reader == null ? -1 : reading,
          read - start,
          System.nanoTime() - read);
    }
  }

  private void prepare(int count) {
    if (count != samples) {
      cut(count);
      samples = count;
    }
    if (codes != null) {
      kernel.input().quantize((Float32Tensor) wholeIn, wholeCodes);
    }
  }

  private void multiply(Part part, LayerTimes times) {
    for (int group = 0; group < groups.size(); group++) {
      fill(part, group);
      Tensor c = groupC == null ? part.c : part.groupC;
      if (times == null) {
        matmul.multiply(part.a, groups.get(group), c);
      } else {
        matmul.multiply(part.a, groups.get(group), c, times.next());
        times.add();
      }
      if (groupC != null) {
        scatter(part, group);
      }
    }
  }

  private void fill(Part part, int group) {
    if (a != null) {
      patches.fill(codes == null ? in : codes, group, part.from, part.to, part.a);
    }
  }

  /** Makes views of the first samples of all buffers. */
  private void cut(int count) {
    int rows = count * patches.rowsPerSample();
    int inputRows = in.rows() / (out.rows() / patches.rowsPerSample()) * count;
    wholeIn = in.rows(0, inputRows);
    wholeCodes = codes == null ? null : codes.rows(0, inputRows);
    wholeOut = out.rows(0, rows);
    parts.clear();
    Tensor images = codes == null ? in : codes;
    for (int from = 0; from < rows; from += rowsAtOnce) {
      int to = Math.min(from + rowsAtOnce, rows);
      Tensor partOfOut = out.rows(from, to);
      parts.add(
          new Part(
              from,
              to,
              a == null ? images.rows(from, to) : a.rows(0, to - from),
              groupC == null ? null : groupC.rows(0, to - from),
              results == null ? partOfOut : results.rows(0, to - from),
              partOfOut));
    }
  }

  /** Puts the columns of a group beside those of the others. */
  private void scatter(Part part, int group) {
    int bytes = groupC.columns() * groupC.elementBytes();
    int pitch = part.c.columns() * groupC.elementBytes();
    for (int row = 0; row < part.to - part.from; row++) {
      part.c.memory().put(row * pitch + group * bytes, part.groupC.memory(), row * bytes, bytes);
    }
  }

  /**
   * Runs the kernel and the reference on the same inputs and counts the elements of C that differ
   * in a bit; on a device that is not exact, those outside {@link SumOrderBound}. The reference
   * takes all processors.
   */
  @Override
  public long mismatches(int count) {
    prepare(count);
    long differing = 0;
    for (Part part : parts) {
      for (int group = 0; group < groups.size(); group++) {
        fill(part, group);
        MatmulWeights weights = kernel.groups().get(group);
        Tensor c = Tensor.allocate(weights.output().type(), part.to - part.from, weights.n());
        matmul.multiply(part.a, groups.get(group), c);
        differing +=
            IntStream.range(0, c.rows())
                .parallel()
                .mapToLong(
                    row ->
                        mismatchesOfRow(weights, part.a.rows(row, row + 1), c.rows(row, row + 1)))
                .sum();
      }
    }
    return differing;
  }

  private long mismatchesOfRow(MatmulWeights weights, Tensor rowOfA, Tensor c) {
    Tensor expected = Tensor.allocate(c.type(), c.rows(), c.columns());
    ReferenceMatmul.multiply(rowOfA, weights, expected);
    return device.exact()
        ? c.mismatches(expected)
        : SumOrderBound.violations(rowOfA, weights, expected, c);
  }

  @Override
  public void close() {
    groups.forEach(PreparedWeights::close);
  }
}
