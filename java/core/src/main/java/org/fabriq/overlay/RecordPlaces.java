// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;

/** Puts the places of tensors into records. */
final class RecordPlaces {
  private RecordPlaces() {}

  /**
   * Sets the lines of all records, and lets one of them free the input's place.
   *
   * @param input the lines of the input
   */
  static void set(
      List<LayerRecord> records, OverlayLayers graph, ActivationPlaces places, int input) {
    int freeing = 0;
    for (int i = 0; i < records.size(); i++) {
      OverlayLayer layer = graph.layers().get(i);
      LayerRecord record = records.get(i);
      record.set("in_base", places.bases()[layer.input()]);
      if (!record.is("to_results")) {
        record.set("out_base", places.bases()[layer.output()]);
      }
      if (touches(layer.input(), places, input)
          || !record.is("to_results") && touches(layer.output(), places, input)) {
        freeing = i;
      }
      if (layer.sum() != null) {
        record.set("add_base", places.bases()[layer.sum().tensor()]);
        // The other tensor is read until results are written, which is after the layer's end.
        freeing = touches(layer.sum().tensor(), places, input) ? i + 1 : freeing;
      }
    }
    records.get(freeing).set("frees_image", true);
  }

  private static boolean touches(int tensor, ActivationPlaces places, int input) {
    return tensor == 0 || !places.twice() && places.bases()[tensor] < input;
  }
}
