// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.kernel.KernelLimits;
import org.fabriq.kernel.KernelType;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A dense layer or a convolution on a device: for each group of outputs, windows as the rows of A,
 * resident weights, C as the channels of the pixels. A dense layer is a convolution of images of
 * one pixel.
 *
 * <p>A run is cut into multiplications of at most {@value #BYTES_AT_ONCE} bytes of A.
 */
final class GraphMatmulStep implements GraphStep {
  private static final int BYTES_AT_ONCE = 1 << 24;

  private final PatchRows patches;
  private final MatmulKernel matmul;
  private final List<PreparedWeights> groups = new ArrayList<>();
  private final Int8Tensor in;
  private final Tensor out;
  private final Int8Tensor a;
  private final Tensor c;
  private final int rowsAtOnce;
  private final List<Part> parts = new ArrayList<>();
  private int samples;

  /** A multiplication: the rows from (included) to to, and views of what it works on. */
  private record Part(int from, int to, Int8Tensor a, Tensor c) {}

  /**
   * @param in of pixels x channels
   * @param out of pixels x outputs
   */
  GraphMatmulStep(
      IntegerWeights weights,
      int groupCount,
      PatchRows patches,
      Device device,
      Int8Tensor in,
      Tensor out) {
    this.patches = patches;
    this.in = in;
    this.out = out;
    int fitting = Math.max(1, BYTES_AT_ONCE / patches.columns());
    this.rowsAtOnce = Math.min(Math.min(fitting, KernelLimits.MAX_M), out.rows());
    int outputs = weights.outputs() / groupCount;
    this.a = patches.isIdentity() ? null : Int8Tensor.allocate(rowsAtOnce, patches.columns());
    this.c = groupCount == 1 ? null : Tensor.allocate(out.type(), rowsAtOnce, outputs);
    this.matmul = device.matmul(KernelType.I8I8);
    try {
      for (int group = 0; group < groupCount; group++) {
        groups.add(
            matmul.prepare(weights.forKernel(group * outputs, outputs, patches.weightOrder())));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void run(int count) {
    if (count != samples) {
      cut(count * patches.rowsPerSample());
      samples = count;
    }
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      for (int group = 0; group < groups.size(); group++) {
        if (a != null) {
          patches.fill(in, group, part.from, part.to, part.a);
        }
        matmul.multiply(part.a, groups.get(group), part.c);
        if (c != null) {
          scatter(part, group);
        }
      }
    }
  }

  private void cut(int rows) {
    parts.clear();
    for (int from = 0; from < rows; from += rowsAtOnce) {
      int to = Math.min(from + rowsAtOnce, rows);
      Int8Tensor partOfA = a == null ? in.rows(from, to) : a.rows(0, to - from);
      Tensor partOfC = c == null ? out.rows(from, to) : c.rows(0, to - from);
      parts.add(new Part(from, to, partOfA, partOfC));
    }
  }

  /** Puts the columns of a group beside those of the others. */
  private void scatter(Part part, int group) {
    int bytes = c.columns() * c.elementBytes();
    int pitch = out.columns() * out.elementBytes();
    for (int row = part.from; row < part.to; row++) {
      int to = row * pitch + group * bytes;
      out.memory().put(to, part.c.memory(), (row - part.from) * bytes, bytes);
    }
  }

  @Override
  public void close() {
    groups.forEach(PreparedWeights::close);
  }
}
