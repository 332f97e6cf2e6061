// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.Arrays;
import java.util.List;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.model.SampleShape;

/**
 * Joins tensors. A layer joins samples one after the other, channels after channels; along whatever
 * axis the file joins them, the result is an arrangement of that.
 */
final class Joining {
  private Joining() {}

  static <T> View<T> concat(LayerMaker<T> maker, List<View<T>> inputs, Operation.Concat concat) {
    int axis = concat.axis() - 1;
    int[] shape = inputs.get(0).shape().clone();
    shape[axis] = 0;
    for (View<T> input : inputs) {
      int[] other = input.shape().clone();
      shape[axis] += other[axis];
      other[axis] = shape[axis];
      if (!Arrays.equals(other, shape)) {
        throw new NotTakenException(
            "it joins samples of %s and others of %s along axis %d"
                .formatted(
                    Arrays.toString(inputs.get(0).shape()),
                    Arrays.toString(input.shape()),
                    concat.axis()),
            "join tensors that differ along that axis alone");
      }
    }
    SampleShape first = maker.shape(inputs.get(0).source());
    boolean alike =
        inputs.stream()
            .map(input -> maker.shape(input.source()))
            .allMatch(
                other ->
                    other.isImage() == first.isImage()
                        && other.height() == first.height()
                        && other.width() == first.width());
    List<T> sources =
        inputs.stream()
            .map(View::source)
            .map(x -> alike || !maker.shape(x).isImage() ? x : maker.flatten(x))
            .toList();
    return new View<>(
        maker.concat(sources), shape, View.identityAsNull(order(inputs, axis, shape)));
  }

  private static <T> int[] order(List<View<T>> inputs, int axis, int[] shape) {
    int[] order = new int[Extent.elements(shape)];
    int outer = Extent.between(shape, 0, axis);
    int at = 0;
    for (int block = 0; block < outer; block++) {
      int offset = 0;
      for (View<T> input : inputs) {
        int size = Extent.elements(input.shape());
        int run = size / outer;
        for (int i = block * run; i < (block + 1) * run; i++) {
          order[at++] = offset + input.place(i);
        }
        offset += size;
      }
    }
    return order;
  }
}
