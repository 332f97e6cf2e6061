// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Fixed;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.tensor.Tensor;

/** What arranges elements anew, of tensors that flow and of constants. */
final class LayoutRules {
  private LayoutRules() {}

  private static int[] shape(OnnxValue x) {
    return x instanceof Fixed fixed
        ? fixed.constant().shape()
        : ((Flowing) x).signal().dimensions();
  }

  private static OnnxValue reshaped(OnnxValue x, int[] shape, OnnxGraph to) {
    if (Extent.elements(shape) != Extent.elements(shape(x))) {
      throw new NotTakenException(
          "%s becomes %s".formatted(Arrays.toString(shape(x)), Arrays.toString(shape)),
          "keep the number of elements");
    }
    return x instanceof Fixed fixed
        ? new Fixed(fixed.constant().reshaped(shape))
        : to.keeping(new Operation.Reshape(), shape, (Flowing) x);
  }

  static OnnxValue identity(OnnxNode node, OnnxGraph to) {
    return node.input(0);
  }

  static OnnxValue reshape(OnnxNode node, OnnxGraph to) {
    OnnxValue x = node.input(0);
    int[] old = shape(x);
    long[] wanted = node.constant(1, "shape").integers();
    int[] shape = new int[wanted.length];
    int open = -1;
    long known = 1;
    for (int i = 0; i < shape.length; i++) {
      boolean copied = wanted[i] == 0 && node.integer("allowzero", 0) == 0 && i < old.length;
      shape[i] = copied ? old[i] : OnnxNode.narrow(wanted[i]);
      open = shape[i] == -1 ? i : open;
      known = shape[i] == -1 ? known : Math.min(known * shape[i], Extent.MAX_ELEMENTS);
    }
    if (open >= 0) {
      shape[open] = known < 1 ? 0 : (int) (Extent.elements(old) / known);
    }
    return reshaped(x, shape, to);
  }

  static OnnxValue flatten(OnnxNode node, OnnxGraph to) {
    int[] old = shape(node.input(0));
    long given = node.integer("axis", 1);
    int axis = given == old.length ? old.length : OnnxNode.axis(given, old.length);
    int[] shape = {Extent.between(old, 0, axis), Extent.between(old, axis, old.length)};
    return reshaped(node.input(0), shape, to);
  }

  /** Axes of a tensor of a rank, counted from 0, in ascending order. */
  static int[] axes(OnnxNode node, int rank) {
    return Arrays.stream(node.integers(1, "axes"))
        .map(axis -> OnnxNode.axis(axis, rank))
        .sorted()
        .toArray();
  }

  static OnnxValue squeeze(OnnxNode node, OnnxGraph to) {
    int[] old = shape(node.input(0));
    int[] axes = axes(node, old.length);
    boolean all = axes.length == 0;
    int[] shape =
        IntStream.range(0, old.length)
            .filter(
                axis ->
                    all
                        ? old[axis] != 1 || axis == 0 && !node.isFixed(0)
                        : Arrays.binarySearch(axes, axis) < 0)
            .map(axis -> old[axis])
            .toArray();
    return reshaped(node.input(0), shape, to);
  }

  static OnnxValue unsqueeze(OnnxNode node, OnnxGraph to) {
    int[] old = shape(node.input(0));
    int count = node.integers(1, "axes").length;
    if (old.length + count > Tensor.MAX_RANK) {
      throw new NotTakenException(
          "%d dimensions, limit %d".formatted(old.length + count, Tensor.MAX_RANK), "use fewer");
    }
    int[] axes = axes(node, old.length + count);
    int[] shape = new int[old.length + count];
    for (int i = 0, from = 0; i < shape.length; i++) {
      boolean added = Arrays.binarySearch(axes, i) >= 0;
      if (!added && from == old.length) {
        throw new NotTakenException("an axis stands twice", "name each axis once");
      }
      shape[i] = added ? 1 : old[from++];
    }
    return reshaped(node.input(0), shape, to);
  }

  static OnnxValue transpose(OnnxNode node, OnnxGraph to) {
    int[] old = shape(node.input(0));
    int[] reversed = IntStream.range(0, old.length).map(i -> old.length - 1 - i).toArray();
    int[] axes = node.integersOf("perm", old.length, reversed);
    if (node.input(0) instanceof Fixed fixed) {
      return new Fixed(fixed.constant().transposed(axes));
    }
    int[] shape = Extent.permuted(old, axes);
    if (axes[0] != 0 && IntStream.range(0, axes[0]).anyMatch(axis -> old[axis] != 1)) {
      throw new NotTakenException(
          "axes %s move the batch".formatted(Arrays.toString(axes)),
          "keep the batch as the first axis");
    }
    if (axes[0] != 0) {
      return reshaped(node.input(0), shape, to);
    }
    return to.keeping(new Operation.Transpose(axes), shape, (Flowing) node.input(0));
  }

  /** Images or rows whose channels come last, with channels first. */
  static Signal channelsFirst(Signal x, OnnxGraph to) {
    int[] order = x.rank() == 3 ? new int[] {0, 2, 1} : new int[] {0, 3, 1, 2};
    return to.step(new Operation.Transpose(order), Extent.permuted(x.dimensions(), order), x);
  }

  static OnnxValue concat(OnnxNode node, OnnxGraph to) {
    if (node.allFixed()) {
      List<Constant> parts = new ArrayList<>();
      for (int i = 0; i < node.inputCount(); i++) {
        parts.add(node.constant(i, "part"));
      }
      return new Fixed(
          Folding.concat(parts, OnnxNode.axis(node.integer("axis", 0), parts.get(0).rank())));
    }
    if (node.inputCount() == 0) {
      throw new NotTakenException("it joins nothing", "export the model again");
    }
    Flowing[] parts = new Flowing[node.inputCount()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = node.flowing(i);
      if (parts[i].codes() != parts[0].codes()
          || parts[i].codes() && !parts[i].signal().codes().equals(parts[0].signal().codes())) {
        throw new NotTakenException(
            "it joins codes of different scales or zero points", "use one for all");
      }
    }
    return joined(parts, node.integer("axis", 1), null, to);
  }

  /**
   * @param codes what it gives; null for values, or the codes that all parts are
   */
  static Flowing joined(Flowing[] parts, long axis, Codes codes, OnnxGraph to) {
    int[] shape = parts[0].signal().dimensions();
    int along = OnnxNode.axis(axis, shape.length);
    if (along == 0) {
      throw new NotTakenException("it joins batches", "join along another axis");
    }
    for (int i = 1; i < parts.length; i++) {
      int[] other = parts[i].signal().dimensions();
      if (other.length != shape.length) {
        throw new NotTakenException(
            "it joins %s and %s".formatted(parts[0].signal().shape(), parts[i].signal().shape()),
            "join tensors of as many dimensions");
      }
      shape[along] += other[along];
    }
    Operation.Concat concat = new Operation.Concat(along);
    if (codes == null) {
      return to.keeping(concat, shape, parts);
    }
    return new Flowing(
        to.step(
            concat, shape, codes, Arrays.stream(parts).map(Flowing::signal).toArray(Signal[]::new)),
        true);
  }

  static OnnxValue pad(OnnxNode node, OnnxGraph to) {
    Flowing x = node.flowing(0);
    int rank = x.signal().rank();
    if (!node.text("mode", "constant").equals("constant")) {
      throw new NotTakenException("mode " + node.text("mode", ""), "pad with a constant");
    }
    if (node.has(3)) {
      throw new NotTakenException("it names axes", "give a padding for each axis");
    }
    int[] pads = node.integers(1, "pads");
    double value = node.has(2) ? node.constant(2, "value").real(0) : node.number("value", 0);
    boolean images = pads.length == 2 * rank && rank >= 3 && rank <= 4;
    for (int i = 0; images && i < 2; i++) {
      images = pads[i] == 0 && pads[rank + i] == 0;
    }
    if (!images) {
      throw new NotTakenException(
          "pads %s of %s".formatted(Arrays.toString(pads), x.signal().shape()),
          "pad rows and columns of images, channels first");
    }
    int[] shape = x.signal().dimensions();
    for (int axis = 2; axis < rank; axis++) {
      shape[axis] = OnnxNode.narrow((long) shape[axis] + pads[axis] + pads[rank + axis]);
    }
    float real =
        x.codes() ? x.signal().codes().encoding().dequantize((int) value, 0) : (float) value;
    boolean rows = rank == 4;
    return to.keeping(
        new Operation.Pad(
            rows ? pads[2] : 0,
            pads[rank - 1],
            rows ? pads[rank + 2] : 0,
            pads[2 * rank - 1],
            real),
        shape,
        x);
  }
}
