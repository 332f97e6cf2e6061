// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.fabriq.overlay.OverlayTensor.ceil;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the form of a convolution that takes the fewest cycles of a target. */
final class ConvolutionForms {
  /** Cycles between two rows of the array, for its results to leave it. */
  private static final int SPACING = 4;

  private final OverlayTarget target;

  ConvolutionForms(OverlayTarget target) {
    this.target = target;
  }

  /**
   * The best form of those whose words have room.
   *
   * @param packs whether the host may pack what the layer takes
   */
  ConvolutionForm best(OverlayLayer layer, OverlayTensor in, OverlayTensor out, boolean packs) {
    ConvolutionForm plain = ConvolutionForm.plain(layer, in, out);
    if (layer.isPointwise()) {
      return plain;
    }
    List<ConvolutionForm> forms = new ArrayList<>(List.of(plain));
    int words = in.channels() <= OverlayTarget.LANES ? OverlayTarget.LANES / in.channels() : 0;
    for (int rows = 1; packs && rows <= words; rows++) {
      for (int pixels = 1; rows * pixels <= words; pixels++) {
        forms.add(ConvolutionForm.packed(layer, in, out, pixels, rows, false));
        forms.add(ConvolutionForm.packed(layer, in, out, pixels, rows, true));
      }
    }
    forms.add(ConvolutionForm.paired(layer, in));
    return forms.stream()
        .filter(ConvolutionForm::possible)
        .filter(form -> form.words().lines() <= target.lines())
        .min(
            Comparator.comparingInt(
                    (ConvolutionForm form) ->
                        packs ? Math.max(cycles(form, out), form.words().words()) : 0)
                .thenComparingInt(form -> cycles(form, out))
                .thenComparingInt(form -> packs ? form.words().words() : 0))
        .orElse(plain);
  }

  /** What the array takes; where it is less, loading the input meanwhile takes longer. */
  int cycles(ConvolutionForm form, OverlayTensor out) {
    int rows = form.tiles() * out.height() * ceil(out.width(), form.rowPixels());
    return rows * Math.max(SPACING, form.tileEntries() * target.beatCycles());
  }
}
