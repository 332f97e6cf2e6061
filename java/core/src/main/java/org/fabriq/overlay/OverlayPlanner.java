// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.SampleShape;

/** Makes an {@link OverlayPlan}: the only place that decides on packing, folding and places. */
final class OverlayPlanner {
  private final SampleShape shape;
  private final OverlayTarget target;
  private final int images;
  private final OverlayLayers graph;
  private final List<OverlayTensor> held;
  private final ProgramStores stores = new ProgramStores();
  private final List<LayerRecord> records = new ArrayList<>();
  private final List<PlannedLayer> planned = new ArrayList<>();
  private final List<String> obstacles;
  private Map<OverlayLayer, ConvolutionForm> forms = new HashMap<>();

  /**
   * @param shape of the results of an image
   * @param network of one image
   * @param images that are computed as pixels of one
   */
  OverlayPlanner(SampleShape shape, OverlayLayers network, OverlayTarget target, int images) {
    if (images < 1) {
      throw new InvalidArgumentException("%d images, limit 1 and more".formatted(images));
    }
    this.shape = shape;
    this.target = target;
    this.images = images;
    this.graph = network.withImages(images);
    this.held = new ArrayList<>(graph.tensors());
    this.obstacles = new ArrayList<>();
    graph.obstacles().forEach(each -> obstacles.add(each.toString()));
  }

  OverlayPlan plan() {
    if (!obstacles.isEmpty()) {
      return new OverlayPlan(List.of(), obstacles, null, null, null, null, null, images);
    }
    chooseForms();
    for (OverlayLayer layer : graph.layers()) {
      try {
        make(layer);
      } catch (InvalidArgumentException e) {
        obstacles.add("layer %s: %s".formatted(layer.name(), e.getMessage()));
      }
    }
    Optional<ActivationPlaces> places = places();
    OverlayUse use =
        new OverlayUse(
            graph.layers().size(),
            stores.weights().size(),
            stores.narrow().size(),
            stores.taps().size(),
            stores.columns().size(),
            stores.tables().size(),
            places.map(ActivationPlaces::lines).orElse(0));
    StoreLimits limits = new StoreLimits(target, graph, held);
    obstacles.addAll(limits.exceeded(use));
    if (places.isEmpty()) {
      obstacles.add(limits.lines(images));
    }
    if (records.size() < graph.layers().size()) {
      return new OverlayPlan(planned, obstacles, use, null, null, null, null, images);
    }
    ResultPacking results = results();
    places.ifPresent(each -> RecordPlaces.set(records, graph, each, held.get(0).lines()));
    ImagePlace image = image(places);
    ProgramCycles cycles = ProgramCycles.of(records, image, results.words());
    return new OverlayPlan(
        planned,
        obstacles,
        use,
        cycles,
        obstacles.isEmpty() ? program(image, results) : null,
        obstacles.isEmpty() ? packing() : null,
        obstacles.isEmpty() ? results : null,
        images);
  }

  private void chooseForms() {
    boolean packs = graph.inputGoesToOneLayer();
    boolean channelwise = false;
    for (OverlayLayer layer : graph.layers()) {
      OverlayTensor in = graph.tensors().get(layer.input());
      OverlayTensor out = graph.tensors().get(layer.output());
      channelwise |= layer.kind() == LayerKind.DEPTHWISE;
      if (layer.kind() == LayerKind.CONVOLUTION) {
        boolean first = layer.input() == 0 && packs;
        forms.put(layer, ConvolutionForms.best(layer, in, out, first, target.lines()));
      }
    }
    ConvolutionForm first = forms.get(graph.layers().get(0));
    if (first != null && first.packed()) {
      held.set(0, first.words());
    }
    int entries = target.weightEntries() - (channelwise ? 1 : 0);
    int more = target.firstQuarterEntries() - target.weightEntries();
    forms = new NarrowLayers(graph, forms).chosen(entries, more);
  }

  private void make(OverlayLayer layer) {
    RecordMaker maker = new RecordMaker(stores, target);
    OverlayTensor in = graph.tensors().get(layer.input());
    OverlayTensor out = graph.tensors().get(layer.output());
    int weights = stores.weights().size() + stores.narrow().size();
    int taps = stores.taps().size();
    int columns = stores.columns().size();
    String text = "";
    LayerRecord record;
    if (layer.kind() == LayerKind.CONVOLUTION) {
      ConvolutionForm form = forms.get(layer);
      text = form.text();
      record = maker.convolution(form, out);
    } else if (layer.kind() == LayerKind.DEPTHWISE) {
      record = maker.depthwise(layer, in, out);
    } else {
      record = maker.maxPool(layer, in, out);
    }
    boolean last = layer.output() == graph.layers().get(graph.layers().size() - 1).output();
    record.set("last", last).set("to_results", last).set("input_first", layer.input() == 0);
    if (layer.input() == 0 && !graph.inputGoesToOneLayer()) {
      record.set("need_start", held.get(0).words()).set("need_y", 0).set("need_x", 0);
      record.set("need_per_block", 0);
    }
    if (LayerCycles.own(record) > OverlayTarget.LONGEST_LAYER) {
      throw new InvalidArgumentException(
          "%,d cycles of its own, limit %,d; run it by itself, or give it smaller images"
              .formatted(LayerCycles.own(record), OverlayTarget.LONGEST_LAYER));
    }
    records.add(record);
    int words = last ? ResultPacking.words(record) : 0;
    planned.add(
        new PlannedLayer(
            layer.name(),
            layer.kind(),
            text,
            out.toString(),
            macs(layer, in, out),
            LayerCycles.rows(record) * LayerCycles.rowBeats(record),
            LayerCycles.busy(record, words),
            stores.weights().size() + stores.narrow().size() - weights,
            stores.taps().size() - taps,
            stores.columns().size() - columns,
            last ? 0 : out.lines()));
  }

  private static long macs(OverlayLayer layer, OverlayTensor in, OverlayTensor out) {
    long outputs = (long) out.pixels() * out.channels() * layer.window().taps();
    return switch (layer.kind()) {
      case CONVOLUTION -> outputs * in.channels();
      case DEPTHWISE -> outputs;
      case MAX_POOL -> 0;
    };
  }

  private Optional<ActivationPlaces> places() {
    TensorLives lives = new TensorLives(graph, held);
    Optional<ActivationPlaces> none = Optional.empty();
    return (addsInput() ? none : lives.places(true, target.lines()))
        .or(() -> lives.places(false, target.lines()));
  }

  /** A sum cannot tell in which of two places the input is. */
  private boolean addsInput() {
    return graph.layers().stream()
        .anyMatch(layer -> layer.sum() != null && layer.sum().tensor() == 0);
  }

  private ImagePlace image(Optional<ActivationPlaces> places) {
    OverlayTensor input = held.get(0);
    boolean twice = places.map(ActivationPlaces::twice).orElse(false);
    return new ImagePlace(
        input.words(), 0, twice ? input.lines() : 0, input.pitch(), input.blocks(), twice);
  }

  private ProgramImage program(ImagePlace place, ResultPacking results) {
    return new ProgramImage(
        records,
        stores.allWeights(target.weightEntries()),
        stores.taps(),
        stores.columns(),
        stores.tables(),
        place,
        results.words());
  }

  private ImagePacking packing() {
    OverlayTensor input = graph.tensors().get(0);
    ConvolutionForm first = forms.get(graph.layers().get(0));
    boolean packed = first != null && first.packed();
    int zero = graph.layers().get(0).zeroIn();
    return new ImagePacking(input, images, packed ? first : null, zero);
  }

  private ResultPacking results() {
    OverlayLayer layer = graph.layers().get(records.size() - 1);
    OverlayTensor out = graph.tensors().get(layer.output());
    LayerRecord record = records.get(records.size() - 1);
    return new ResultPacking(record, out, shape, images);
  }
}
