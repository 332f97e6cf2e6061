// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.Arrays;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Signal;
import org.fabriq.model.Window;

/** The windows of a convolution or of pooling, of a node's attributes; rows of an image or one. */
final class Windows {
  /** The most taps of all windows along one axis and places that they stand at. */
  private static final long MAX_WORK = 1L << 30;

  private final int[] kernel;
  private final int[] strides;
  private final int[] dilations;
  private final int[] begin;
  private final int[] end;
  private final int[] outputs;
  private final int[] input;
  private boolean extended;

  /**
   * @param x samples x channels x rows x columns, or samples x channels x columns
   */
  Windows(OnnxNode node, Signal x, int[] kernel) {
    int axes = x.rank() - 2;
    if (axes < 1 || axes > 2) {
      throw new NotTakenException(
          "its input is %s".formatted(x.shape()), "use images or rows of channels");
    }
    int[] ones = new int[axes];
    Arrays.fill(ones, 1);
    this.input = x.dimensions();
    this.kernel = node.integersOf("kernel_shape", axes, kernel);
    this.strides = node.integersOf("strides", axes, ones);
    this.dilations = node.integersOf("dilations", axes, ones);
    int[] pads = node.integersOf("pads", 2 * axes, new int[2 * axes]);
    this.begin = Arrays.copyOfRange(pads, 0, axes);
    this.end = Arrays.copyOfRange(pads, axes, 2 * axes);
    this.outputs = new int[axes];
    String autoPad = node.text("auto_pad", "NOTSET");
    for (int i = 0; i < axes; i++) {
      if (kernel.length == axes && this.kernel[i] != kernel[i]) {
        throw new NotTakenException(
            "a kernel of %s for weights of %s"
                .formatted(Arrays.toString(this.kernel), Arrays.toString(kernel)),
            "export the model again");
      }
      check(i);
      autoPad(autoPad, i);
      size(i, node.integer("ceil_mode", 0) != 0);
    }
  }

  private void check(int i) {
    if (kernel[i] < 1 || strides[i] < 1 || dilations[i] < 1 || begin[i] < 0 || end[i] < 0) {
      throw new NotTakenException(
          "kernel %d, stride %d, dilation %d, padding %d and %d"
              .formatted(kernel[i], strides[i], dilations[i], begin[i], end[i]),
          "use positive ones, and padding from 0 on");
    }
  }

  private long reach(int i) {
    return (long) dilations[i] * (kernel[i] - 1) + 1;
  }

  private void autoPad(String word, int i) {
    if (word.equals("VALID")) {
      begin[i] = 0;
      end[i] = 0;
    } else if (word.startsWith("SAME_")) {
      int size = input[i + 2];
      long wanted = ((long) size + strides[i] - 1) / strides[i];
      int pad = OnnxNode.narrow(Math.max(0, (wanted - 1) * strides[i] + reach(i) - size));
      begin[i] = word.equals("SAME_LOWER") ? pad - pad / 2 : pad / 2;
      end[i] = pad - begin[i];
    } else if (!word.equals("NOTSET")) {
      throw new NotTakenException("auto_pad " + word, "use NOTSET, VALID or SAME_UPPER");
    }
  }

  private void size(int i, boolean ceil) {
    long padded = (long) input[i + 2] + begin[i] + end[i];
    long rest = padded - reach(i);
    if (rest < 0) {
      throw new NotTakenException(
          "a kernel over %d for %d with padding".formatted(reach(i), padded),
          "use a smaller one or pad more");
    }
    long count = rest / strides[i] + 1;
    if (ceil && rest % strides[i] != 0 && count * strides[i] < (long) input[i + 2] + begin[i]) {
      end[i] = OnnxNode.narrow(end[i] + strides[i] - rest % strides[i]);
      count++;
      extended = true;
    }
    if (count * kernel[i] > MAX_WORK) {
      throw new NotTakenException(
          "%,d windows of %,d".formatted(count, kernel[i]), "use a smaller kernel or image");
    }
    outputs[i] = OnnxNode.narrow(count);
  }

  /** Whether rounding sizes up added padding, which counts in no mean. */
  boolean extended() {
    return extended;
  }

  boolean padded() {
    return Arrays.stream(begin).sum() + Arrays.stream(end).sum() > 0;
  }

  int[] outputShape(int channels) {
    int[] shape = input.clone();
    shape[1] = channels;
    System.arraycopy(outputs, 0, shape, 2, outputs.length);
    long work = (long) Extent.elements(shape);
    for (int size : kernel) {
      work = Math.multiplyHigh(work, size) != 0 ? Long.MAX_VALUE : work * size;
    }
    if (work > MAX_WORK * 64) {
      throw new NotTakenException(
          "windows of %s at %s".formatted(Arrays.toString(kernel), Arrays.toString(shape)),
          "use a smaller kernel or image");
    }
    return shape;
  }

  Window window() {
    boolean rows = kernel.length == 2;
    int last = kernel.length - 1;
    return new Window(
        rows ? kernel[0] : 1,
        kernel[last],
        rows ? strides[0] : 1,
        strides[last],
        rows ? begin[0] : 0,
        begin[last],
        rows ? end[0] : 0,
        end[last],
        rows ? dilations[0] : 1,
        dilations[last]);
  }
}
