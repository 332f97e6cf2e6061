// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.model.Window;

/** Operators on the rows, columns and channels of images. */
final class ImageRules {
  private ImageRules() {}

  static void averagePool(TfliteOperator operator, Signals to) {
    Signal x = to.image(operator.input(0));
    Window window = window(operator, x);
    pool(operator, x, window, new Operation.AveragePool(window, false), to);
  }

  static void maxPool(TfliteOperator operator, Signals to) {
    Signal x = to.image(operator.input(0));
    Window window = window(operator, x);
    pool(operator, x, window, new Operation.MaxPool(window), to);
  }

  private static Window window(TfliteOperator operator, Signal x) {
    TfliteOptions.Walk walk = operator.options().walk();
    return Windows.of(walk, walk.filterHeight(), walk.filterWidth(), x);
  }

  private static void pool(
      TfliteOperator operator, Signal x, Window window, Operation operation, Signals to) {
    Signal output =
        to.imageOutput(
            operator.outputs()[0],
            x.dimension(0),
            x.dimension(1),
            window.outputHeight(x.dimension(2)),
            window.outputWidth(x.dimension(3)));
    FusedActivation.image(operator, operation, List.of(x), output, to);
  }

  static void mean(TfliteOperator operator, Signals to) {
    Signal x = to.image(operator.input(0));
    Constant axes = to.constant("axes", operator.input(1));
    Set<Long> sorted = new TreeSet<>();
    for (long axis : axes.integers()) {
      sorted.add(axis < 0 ? axis + 4 : axis);
    }
    if (!sorted.equals(Set.of(1L, 2L))) {
      throw new NotTakenException(
          "a mean along axes %s".formatted(sorted), "take the mean over height and width");
    }
    int index = operator.outputs()[0];
    int channels = x.dimension(1);
    Operation mean = new Operation.GlobalAveragePool();
    if (operator.options().keepRank()) {
      Signal output = to.imageOutput(index, x.dimension(0), channels, 1, 1);
      to.image(index, mean, List.of(x), output);
      return;
    }
    Signal output = to.plainOutput(index, x.dimension(0), channels);
    Signal image =
        Signal.of(to.name(index) + ";mean", x.dimension(0), channels, 1, 1).as(output.codes());
    to.add(mean, List.of(x), image);
    to.plain(index, new Operation.Reshape(), List.of(image), output);
  }

  static void pad(TfliteOperator operator, Signals to) {
    Signal x = to.image(operator.input(0));
    long[] borders = to.constant("paddings", operator.input(1)).integers();
    if (borders.length != 8) {
      throw new NotTakenException(
          "paddings of %d numbers".formatted(borders.length), "pad images of 4 dimensions");
    }
    int[] sides = new int[8];
    for (int i = 0; i < 8; i++) {
      boolean spatial = i >= 2 && i < 6;
      if (borders[i] < 0 || borders[i] > (spatial ? 1 << 15 : 0)) {
        throw new NotTakenException(
            "padding %,d of axis %d".formatted(borders[i], i / 2),
            "pad height and width alone, by 0 to 32,768");
      }
      sides[i] = (int) borders[i];
    }
    Operation pad = new Operation.Pad(sides[2], sides[4], sides[3], sides[5], 0);
    Signal output =
        to.imageOutput(
            operator.outputs()[0],
            x.dimension(0),
            x.dimension(1),
            x.dimension(2) + sides[2] + sides[3],
            x.dimension(3) + sides[4] + sides[5]);
    to.image(operator.outputs()[0], pad, List.of(x), output);
  }

  static void concatenation(TfliteOperator operator, Signals to) {
    int rank = to.tensor(operator.outputs()[0]).rank();
    int axis = operator.options().axis();
    boolean channels = axis == rank - 1 || axis == -1;
    if (!channels || rank != 2 && rank != 4 || operator.inputs().length == 0) {
      throw new NotTakenException(
          "axis %d of %d dimensions".formatted(axis, rank),
          "join channels of images or values of vectors");
    }
    List<Signal> inputs = new ArrayList<>();
    int sum = 0;
    for (int input : operator.inputs()) {
      Signal next = rank == 4 ? to.image(input) : to.plain(input);
      inputs.add(next);
      sum = Math.addExact(sum, next.rank() == rank ? next.dimension(1) : 0);
    }
    Operation concat = new Operation.Concat(1);
    int index = operator.outputs()[0];
    if (rank == 2) {
      Signal output = to.plainOutput(index, 1, sum);
      FusedActivation.plain(operator, concat, inputs, output, to);
    } else {
      Signal first = inputs.get(0);
      Signal output = to.imageOutput(index, 1, sum, first.dimension(2), first.dimension(3));
      FusedActivation.image(operator, concat, inputs, output, to);
    }
  }
}
