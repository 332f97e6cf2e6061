// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * Lays the weights of layers out as the array takes them. Column 2k + h of a quarter is channel 8h
 * + k of its 16, or in pairs channel k of the pixel h.
 */
final class WeightPacking {
  private static final int TAPS = 3;

  private WeightPacking() {}

  /** Adds the weights and parameters of a convolution, tile after tile. */
  static void convolution(ConvolutionForm form, ProgramStores to) {
    OverlayColumns columns = form.layer().columns();
    int blocks = form.words().blocks();
    for (int tile = 0; tile < form.tiles(); tile++) {
      for (int block = 0; block < blocks; block++) {
        for (int row = 0; row < form.windows().kernelHeight(); row++) {
          for (int tap = 0; tap < form.windows().kernelWidth(); tap++) {
            entry(form, tile, block, row, tap, to);
          }
        }
      }
      int first = tile * form.tileOutputs();
      for (int part = 0; part < columnEntries(form); part++) {
        int base = first + part * OverlayTarget.QUARTER_COLUMNS;
        to.addColumns(
            column -> columns.parameters(base + (form.pair() ? column / 2 : channel(column))));
      }
    }
  }

  /** The entries of column parameters of a tile. */
  static int columnEntries(ConvolutionForm form) {
    return form.pair() || form.narrow() ? 1 : OverlayTarget.QUARTERS / form.folds();
  }

  private static void entry(
      ConvolutionForm form, int tile, int block, int row, int tap, ProgramStores to) {
    int first = tile * form.tileOutputs();
    to.addWeights(
        form.narrow(),
        (lane, column) -> {
          int within = column % OverlayTarget.QUARTER_COLUMNS;
          if (form.pair()) {
            return form.code(first + within / 2, within % 2, row, tap, block, lane);
          }
          int quarter = column / OverlayTarget.QUARTER_COLUMNS % columnEntries(form);
          int output = first + quarter * OverlayTarget.QUARTER_COLUMNS + channel(within);
          return form.code(output, 0, row, tap, block, lane);
        });
  }

  /** The channel of a quarter's column among its 16. */
  private static int channel(int column) {
    return column % 2 * OverlayTarget.LANES + column / 2;
  }

  /** Adds the taps and parameters of a depthwise layer, block after block; of pools only once. */
  static void depthwise(OverlayLayer layer, int blocks, int groups, ProgramStores to) {
    OverlayColumns columns = layer.columns();
    boolean shared = columns.outputs() == 1;
    for (int block = 0; block < (shared ? 1 : blocks); block++) {
      int first = shared ? 0 : block * OverlayTarget.LANES;
      for (int row = 0; row < columns.rows(); row++) {
        for (int group = 0; group < groups; group++) {
          int at = row;
          int left = TAPS * group;
          to.addTaps(
              (channel, tap) -> columns.code(shared ? 0 : first + channel, at, left + tap, 0));
        }
      }
      to.addColumns(column -> columns.parameters(shared ? 0 : first + column / 2));
    }
  }
}
