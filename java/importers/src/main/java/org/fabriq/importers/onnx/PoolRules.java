// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.Arrays;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.model.Window;

/** Pooling. */
final class PoolRules {
  private PoolRules() {}

  static OnnxValue max(OnnxNode node, OnnxGraph to) {
    if (node.outputCount() > 1) {
      throw new NotTakenException(
          "it also gives indices", "leave the second output out (return_indices=False)");
    }
    Flowing x = node.flowing(0);
    Windows windows = new Windows(node, x.signal(), kernel(node));
    return to.keeping(
        new Operation.MaxPool(windows.window()), windows.outputShape(x.signal().dimension(1)), x);
  }

  private static int[] kernel(OnnxNode node) {
    int[] kernel = node.integers("kernel_shape");
    if (kernel.length == 0) {
      throw new NotTakenException("it has no kernel_shape", "export the model again");
    }
    return kernel;
  }

  static OnnxValue average(OnnxNode node, OnnxGraph to) {
    return new Flowing(average(node, node.values(0), null, to), false);
  }

  /**
   * @param codes what it gives, or null for values
   */
  static Signal average(OnnxNode node, Signal x, Codes codes, OnnxGraph to) {
    refuseChannelsLast(node);
    Windows windows = new Windows(node, x, kernel(node));
    boolean countPadding = node.integer("count_include_pad", 0) != 0 && windows.padded();
    if (countPadding && windows.extended()) {
      throw new NotTakenException(
          "ceil_mode with count_include_pad", "use one of both, or sizes that divide");
    }
    return to.step(
        new Operation.AveragePool(windows.window(), countPadding),
        windows.outputShape(x.dimension(1)),
        codes,
        x);
  }

  static void refuseChannelsLast(OnnxNode node) {
    if (node.integer("channels_last", 0) != 0) {
      throw new NotTakenException("channels come last", "export with channels first");
    }
  }

  static OnnxValue globalAverage(OnnxNode node, OnnxGraph to) {
    return new Flowing(globalAverage(node.values(0), null, to), false);
  }

  static Signal globalAverage(Signal x, Codes codes, OnnxGraph to) {
    return to.step(new Operation.GlobalAveragePool(), single(x), codes, x);
  }

  static OnnxValue globalMax(OnnxNode node, OnnxGraph to) {
    Flowing x = node.flowing(0);
    int[] shape = x.signal().dimensions();
    single(x.signal());
    Window whole = Window.whole(shape.length == 4 ? shape[2] : 1, shape[shape.length - 1]);
    return to.keeping(new Operation.MaxPool(whole), single(x.signal()), x);
  }

  private static int[] single(Signal x) {
    int[] shape = x.dimensions();
    if (shape.length < 3 || shape.length > 4) {
      throw new NotTakenException(
          "its input is %s".formatted(x.shape()), "use images or rows of channels");
    }
    Arrays.fill(shape, 2, shape.length, 1);
    return shape;
  }

  /** The mean over all axes of images but channels: a global average. */
  static OnnxValue mean(OnnxNode node, OnnxGraph to) {
    Signal x = node.values(0);
    int rank = x.rank();
    int[] axes = LayoutRules.axes(node, rank);
    boolean first = Arrays.equals(axes, rank == 4 ? new int[] {2, 3} : new int[] {2});
    boolean last = Arrays.equals(axes, rank == 4 ? new int[] {1, 2} : new int[] {1});
    if (rank < 3 || rank > 4 || !first && !last) {
      throw new NotTakenException(
          "the mean of %s over axes %s".formatted(x.shape(), Arrays.toString(axes)),
          "take it over all axes of images but channels");
    }
    Signal images = first ? x : LayoutRules.channelsFirst(x, to);
    Signal mean = globalAverage(images, null, to);
    int[] shape = {x.dimension(0), images.dimension(1)};
    if (node.integer("keepdims", 1) != 0) {
      shape = x.dimensions();
      for (int axis : axes) {
        shape[axis] = 1;
      }
    }
    return new Flowing(to.step(new Operation.Reshape(), shape, mean), false);
  }
}
