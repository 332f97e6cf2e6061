// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import org.fabriq.tensor.Float32Tensor;

/** Mean differences over samples and places, channel by channel (axis 1), summed in double. */
final class ChannelMeans {
  private final double[] sums;
  private long count;

  ChannelMeans(int channels) {
    this.sums = new double[channels];
  }

  /** Adds a - b of a batch, each M x channels (x height x width). */
  void addDifference(Float32Tensor a, Float32Tensor b) {
    int places = a.size() / a.dimension(0) / sums.length;
    for (int i = 0; i < a.size(); i++) {
      sums[i / places % sums.length] += (double) a.get(i) - b.get(i);
    }
    count += a.size() / sums.length;
  }

  double[] means() {
    double[] means = sums.clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= count;
    }
    return means;
  }
}
