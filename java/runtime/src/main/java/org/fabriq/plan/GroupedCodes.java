// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Int8Tensor;

/** Codes of a layer's weights, N x K, cut into groups of outputs as a kernel takes them. */
final class GroupedCodes {
  private final Int8Tensor matrix;
  private final Encoding encoding;
  private final int groups;

  /**
   * @param semantics how the kernel reads the codes
   * @throws org.fabriq.InvalidArgumentException as {@link QuantizedTensor#matrix}
   */
  GroupedCodes(QuantizedTensor codes, int groups, CodeSemantics semantics) {
    this(codes.matrix().codes(), semantics.reading(codes.encoding()), groups);
  }

  private GroupedCodes(Int8Tensor matrix, Encoding encoding, int groups) {
    this.matrix = matrix;
    this.encoding = encoding;
    this.groups = groups;
  }

  /**
   * For each column of A with channels last, the index of the weight it meets in the order channel,
   * i, j, in which weights are stored.
   */
  static int[] channelsLast(int channels, int taps) {
    int[] order = new int[channels * taps];
    Arrays.setAll(order, k -> k % channels * taps + k / channels);
    return order;
  }

  /** The same with column k being that which was at {@code order[k]}. */
  GroupedCodes reordered(int[] order) {
    Int8Tensor changed = Int8Tensor.allocate(matrix.rows(), matrix.columns());
    for (int n = 0; n < matrix.rows(); n++) {
      for (int k = 0; k < order.length; k++) {
        changed.set(n, k, matrix.get(n, order[k]));
      }
    }
    return new GroupedCodes(changed, encoding, groups);
  }

  /** The codes of a group, outputs x inputs. */
  QuantizedTensor of(int group) {
    int outputs = matrix.rows() / groups;
    int from = group * outputs;
    Int8Tensor rows = matrix.rows(from, from + outputs);
    if (groups == 1 || !encoding.perChannel()) {
      return new QuantizedTensor(rows, encoding);
    }
    float[] scales = Arrays.copyOfRange(encoding.scales(), from, from + outputs);
    int[] zeros = Arrays.copyOfRange(encoding.zeroPoints(), from, from + outputs);
    return new QuantizedTensor(
        rows, new Encoding(encoding.bits(), encoding.signed(), encoding.narrow(), scales, zeros));
  }
}
