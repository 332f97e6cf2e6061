// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.HashMap;
import java.util.Map;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.ModelGraph;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.graph.Step;
import org.fabriq.model.SampleShape;

/**
 * How a network takes its input: as the first layer that computes wants it. What a file transposes
 * or reshapes before that becomes the user's to do, or is void.
 *
 * @param shape of a sample of the network
 * @param order where in a sample of the network each value of a sample of the file is; null for the
 *     same place
 */
record InputForm(SampleShape shape, int[] order) {
  static InputForm of(ModelGraph graph) {
    Map<Signal, View<String>> views = new HashMap<>();
    views.put(graph.input(), View.of("", graph.input().sample()));
    View<String> last = views.get(graph.input());
    for (Step step : graph.steps()) {
      View<String> view = views.get(step.inputs().get(0));
      if (view == null) {
        continue;
      }
      Operation operation = step.operation();
      if (operation instanceof Operation.Transpose transpose) {
        last = view.transposed(Lowering.sampleAxes(transpose.axes()));
      } else if (operation instanceof Operation.Reshape) {
        last = view.reshaped(step.output().sample());
      } else if (operation instanceof Operation.Quantize
          || operation instanceof Operation.Clip
          || operation instanceof Operation.Function
          || operation instanceof Operation.Affine) {
        last = view;
      } else {
        return of(view, wantsImage(operation, view));
      }
      views.put(step.output(), last);
    }
    return of(last, last.shape().length == 3);
  }

  private static boolean wantsImage(Operation operation, View<?> view) {
    return operation instanceof Operation.Conv2d
        || operation instanceof Operation.MaxPool
        || operation instanceof Operation.AveragePool
        || operation instanceof Operation.GlobalAveragePool
        || operation instanceof Operation.Pad
        || !(operation instanceof Operation.Dense) && view.shape().length == 3;
  }

  private static InputForm of(View<?> view, boolean image) {
    SampleShape shape =
        image ? View.image(view.shape()) : SampleShape.vector(Extent.elements(view.shape()));
    return new InputForm(shape, View.inverse(view.order()));
  }
}
