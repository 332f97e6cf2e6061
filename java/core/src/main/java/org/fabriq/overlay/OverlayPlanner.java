// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.SampleShape;

/** Makes an {@link OverlayPlan}: chooses forms, makes layers, and finds places. */
final class OverlayPlanner {
  private final SampleShape shape;
  private final OverlayTarget target;
  private final int images;
  private final OverlayLayers graph;
  private final ProgramStores stores = new ProgramStores();
  private final List<String> obstacles;

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
    this.obstacles = new ArrayList<>();
    graph.obstacles().forEach(each -> obstacles.add(each.toString()));
  }

  OverlayPlan plan() {
    if (!obstacles.isEmpty()) {
      return new OverlayPlan(List.of(), obstacles, null, null, null, null, null, images);
    }
    ChosenForms forms = ChosenForms.of(graph, target);
    LayerMaker layers = new LayerMaker(graph, target, forms, stores);
    for (OverlayLayer layer : graph.layers()) {
      try {
        layers.make(layer);
      } catch (InvalidArgumentException e) {
        obstacles.add("layer %s: %s".formatted(layer.name(), e.getMessage()));
      }
    }
    List<LayerRecord> records = layers.records();
    Optional<ActivationPlaces> places = places(forms.held());
    OverlayUse use =
        new OverlayUse(
            graph.layers().size(),
            stores.weights().size(),
            stores.narrow().size(),
            stores.taps().size(),
            stores.columns().size(),
            stores.tables().size(),
            places.map(ActivationPlaces::lines).orElse(0));
    StoreLimits limits = new StoreLimits(target, graph, forms.held());
    obstacles.addAll(limits.exceeded(use));
    if (places.isEmpty()) {
      obstacles.add(limits.lines(images));
    }
    if (records.size() < graph.layers().size()) {
      return new OverlayPlan(layers.planned(), obstacles, use, null, null, null, null, images);
    }
    OverlayTensor input = forms.held().get(0);
    ResultPacking results = results(records.get(records.size() - 1));
    places.ifPresent(each -> RecordPlaces.set(records, graph, each, input.lines()));
    ImagePlace image = image(input, places);
    ProgramCycles cycles =
        ProgramCycles.of(records, image, results.words(), new LayerCycles(target));
    boolean fits = obstacles.isEmpty();
    return new OverlayPlan(
        layers.planned(),
        obstacles,
        use,
        cycles,
        fits ? program(records, image, results) : null,
        fits ? packing(forms) : null,
        fits ? results : null,
        images);
  }

  private Optional<ActivationPlaces> places(List<OverlayTensor> held) {
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

  private static ImagePlace image(OverlayTensor input, Optional<ActivationPlaces> places) {
    boolean twice = places.map(ActivationPlaces::twice).orElse(false);
    return new ImagePlace(
        input.words(), 0, twice ? input.lines() : 0, input.pitch(), input.blocks(), twice);
  }

  private ProgramImage program(List<LayerRecord> records, ImagePlace place, ResultPacking results) {
    return new ProgramImage(
        records,
        stores.allWeights(target.weightEntries()),
        stores.taps(),
        stores.columns(),
        stores.tables(),
        place,
        results.words());
  }

  private ImagePacking packing(ChosenForms forms) {
    OverlayTensor input = graph.tensors().get(0);
    int zero = graph.layers().get(0).zeroIn();
    return new ImagePacking(
        input, images, forms.packed(graph).map(ConvolutionForm::windows).orElse(null), zero);
  }

  private ResultPacking results(LayerRecord last) {
    OverlayLayer layer = graph.layers().get(graph.layers().size() - 1);
    return new ResultPacking(last, graph.tensors().get(layer.output()), shape, images);
  }
}
