// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;

/** Makes layers of a program: their records, what they put into the stores, and what they cost. */
final class LayerMaker {
  private final OverlayLayers graph;
  private final ChosenForms forms;
  private final ProgramStores stores;
  private final RecordMaker maker;
  private final LayerCycles cycles;
  private final List<LayerRecord> records = new ArrayList<>();
  private final List<PlannedLayer> planned = new ArrayList<>();

  /**
   * @param stores that are filled
   */
  LayerMaker(OverlayLayers graph, OverlayTarget target, ChosenForms forms, ProgramStores stores) {
    this.graph = graph;
    this.forms = forms;
    this.stores = stores;
    this.maker = new RecordMaker(stores, target);
    this.cycles = new LayerCycles(target);
  }

  /** The records of all layers made, in order. */
  List<LayerRecord> records() {
    return records;
  }

  /** All layers made, in order. */
  List<PlannedLayer> planned() {
    return planned;
  }

  /**
   * Makes the next layer.
   *
   * @throws InvalidArgumentException if it does not fit a record, or takes too long
   */
  void make(OverlayLayer layer) {
    OverlayTensor in = graph.tensors().get(layer.input());
    OverlayTensor out = graph.tensors().get(layer.output());
    int weights = weights();
    int taps = stores.taps().size();
    int columns = stores.columns().size();
    LayerRecord record = record(layer, in, out);
    boolean last = record.is("last");
    if (cycles.own(record) > OverlayTarget.LONGEST_LAYER) {
      throw new InvalidArgumentException(
          "%,d cycles of its own, limit %,d; run it by itself, or give it smaller images"
              .formatted(cycles.own(record), OverlayTarget.LONGEST_LAYER));
    }
    records.add(record);
    ConvolutionForm form = forms.forms().get(layer);
    planned.add(
        new PlannedLayer(
            layer.name(),
            layer.kind(),
            form == null ? "" : form.text(),
            out.toString(),
            macs(layer, in, out),
            LayerCycles.rows(record) * LayerCycles.rowBeats(record),
            cycles.busy(record, last ? ResultPacking.words(record) : 0),
            weights() - weights,
            stores.taps().size() - taps,
            stores.columns().size() - columns,
            last ? 0 : out.lines()));
  }

  private int weights() {
    return stores.weights().size() + stores.narrow().size();
  }

  private LayerRecord record(OverlayLayer layer, OverlayTensor in, OverlayTensor out) {
    LayerRecord record =
        switch (layer.kind()) {
          case CONVOLUTION -> maker.convolution(forms.forms().get(layer), out);
          case DEPTHWISE -> maker.depthwise(layer, in, out);
          case MAX_POOL -> maker.maxPool(layer, in, out);
        };
    boolean last = layer.output() == graph.layers().get(graph.layers().size() - 1).output();
    record.set("last", last).set("to_results", last).set("input_first", layer.input() == 0);
    if (layer.input() == 0 && !graph.inputGoesToOneLayer()) {
      record.set("need_start", forms.held().get(0).words()).set("need_y", 0).set("need_x", 0);
      record.set("need_per_block", 0);
    }
    return record;
  }

  private static long macs(OverlayLayer layer, OverlayTensor in, OverlayTensor out) {
    long outputs = (long) out.pixels() * out.channels() * layer.window().taps();
    return switch (layer.kind()) {
      case CONVOLUTION -> outputs * in.channels();
      case DEPTHWISE -> outputs;
      case MAX_POOL -> 0;
    };
  }
}
