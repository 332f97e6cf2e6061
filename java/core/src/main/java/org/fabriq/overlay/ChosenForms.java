// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a network lies on words and quarters.
 *
 * @param forms of its convolutions
 * @param held its tensors as they are held, the input packed
 */
record ChosenForms(Map<OverlayLayer, ConvolutionForm> forms, List<OverlayTensor> held) {
  /** Chooses. */
  static ChosenForms of(OverlayLayers graph, OverlayTarget target) {
    ConvolutionForms convolutions = new ConvolutionForms(target);
    Map<OverlayLayer, ConvolutionForm> forms = new HashMap<>();
    boolean packs = graph.inputGoesToOneLayer();
    boolean channelwise = false;
    for (OverlayLayer layer : graph.layers()) {
      OverlayTensor in = graph.tensors().get(layer.input());
      OverlayTensor out = graph.tensors().get(layer.output());
      channelwise |= layer.kind() == LayerKind.DEPTHWISE;
      if (layer.kind() == LayerKind.CONVOLUTION) {
        boolean first = layer.input() == 0 && packs;
        forms.put(layer, convolutions.best(layer, in, out, first));
      }
    }
    List<OverlayTensor> held = new ArrayList<>(graph.tensors());
    packed(forms, graph).ifPresent(first -> held.set(0, first.words()));
    int entries = target.weightEntries() - (channelwise ? 1 : 0);
    int more = target.firstQuarterEntries() - target.weightEntries();
    return new ChosenForms(
        new NarrowLayers(graph, forms, convolutions).chosen(entries, more), held);
  }

  /** The form of the first layer, if its words are packed. */
  Optional<ConvolutionForm> packed(OverlayLayers graph) {
    return packed(forms, graph);
  }

  private static Optional<ConvolutionForm> packed(
      Map<OverlayLayer, ConvolutionForm> forms, OverlayLayers graph) {
    return Optional.ofNullable(forms.get(graph.layers().get(0))).filter(ConvolutionForm::packed);
  }
}
