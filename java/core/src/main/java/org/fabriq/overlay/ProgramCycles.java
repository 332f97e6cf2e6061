// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;

/**
 * The cycles of a program, by formula; see {@link LayerCycles}.
 *
 * @param alone from the start to the last result, with one run of the records
 * @param following what each further run adds
 */
public record ProgramCycles(int alone, int following) {

  /** The cycles of a program that is placed. */
  static ProgramCycles of(
      List<LayerRecord> records, ImagePlace place, int resultWords, LayerCycles layers) {
    int rest = 0;
    int behind = 0;
    boolean free = false;
    for (LayerRecord record : records) {
      int cycles = layers.busy(record, resultWords) + LayerCycles.CHANGE;
      rest += record == records.get(0) ? LayerCycles.CHANGE : cycles;
      behind += free ? cycles : 0;
      free |= record.is("frees_image");
    }
    LayerRecord first = records.get(0);
    int busy = layers.busy(first, resultWords);
    int start = Math.max(busy, layers.waiting(first, -LayerCycles.START, place.words()));
    int again = place.twice() ? place.words() : behind + LayerCycles.CHANGE;
    int next = Math.max(busy, layers.waiting(first, again, place.words()));
    int following = Math.max(rest + next, place.words());
    return new ProgramCycles(start + rest - LayerCycles.CHANGE + LayerCycles.END, following);
  }
}
