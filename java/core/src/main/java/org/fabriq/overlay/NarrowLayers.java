// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses layers that take the first quarter alone, where the weights of all exceed what the
 * quarters hold and the first one holds more.
 */
final class NarrowLayers {
  private final Map<OverlayLayer, ConvolutionForm> forms;
  private final OverlayLayers graph;
  private final ConvolutionForms convolutions;

  /**
   * @param forms of the convolutions
   */
  NarrowLayers(
      OverlayLayers graph,
      Map<OverlayLayer, ConvolutionForm> forms,
      ConvolutionForms convolutions) {
    this.convolutions = convolutions;
    this.graph = graph;
    this.forms = forms;
  }

  /**
   * The forms, some of which are narrow; as they were if that is not needed, or does not help.
   *
   * @param entries that all quarters hold
   * @param more that the first one holds beyond
   */
  Map<OverlayLayer, ConvolutionForm> chosen(int entries, int more) {
    int excess = forms.values().stream().mapToInt(NarrowLayers::entries).sum() - entries;
    int left = more;
    Map<OverlayLayer, ConvolutionForm> chosen = new HashMap<>(forms);
    for (OverlayLayer layer : candidates()) {
      ConvolutionForm narrow = narrow(layer);
      if (excess > 0 && entries(narrow) <= left) {
        excess -= entries(forms.get(layer));
        left -= entries(narrow);
        chosen.put(layer, narrow);
      }
    }
    return excess > 0 ? forms : chosen;
  }

  /** The layers that can be narrow, those first that this costs the fewest cycles. */
  private List<OverlayLayer> candidates() {
    List<OverlayLayer> layers = new ArrayList<>(graph.layers());
    layers.remove(layers.size() - 1);
    layers.removeIf(layer -> !forms.containsKey(layer) || forms.get(layer).packed());
    layers.sort(Comparator.comparingInt(this::cost));
    return layers;
  }

  private int cost(OverlayLayer layer) {
    OverlayTensor out = graph.tensors().get(layer.output());
    return convolutions.cycles(narrow(layer), out) - convolutions.cycles(forms.get(layer), out);
  }

  private ConvolutionForm narrow(OverlayLayer layer) {
    return ConvolutionForm.narrow(layer, graph.tensors().get(layer.input()));
  }

  private static int entries(ConvolutionForm form) {
    return form.tiles() * form.tileEntries();
  }
}
