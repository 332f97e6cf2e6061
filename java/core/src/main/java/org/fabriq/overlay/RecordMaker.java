// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.fabriq.overlay.OverlayTensor.ceil;

import org.fabriq.model.Window;

/** Fills the records of layers, and adds their weights to the stores. */
final class RecordMaker {
  private static final int TAPS = 3;

  private final ProgramStores stores;
  private final OverlayTarget target;

  RecordMaker(ProgramStores stores, OverlayTarget target) {
    this.stores = stores;
    this.target = target;
  }

  /** The record of a convolution. */
  LayerRecord convolution(ConvolutionForm form, OverlayTensor out) {
    WindowWords windows = form.windows();
    OverlayTensor words = windows.words();
    boolean flat = form.layer().isPointwise() && !windows.packed() && words.pixels() < 1 << 13;
    OverlayTensor from = flat ? RecordParts.line(words) : words;
    int entry =
        form.narrow() ? target.weightEntries() + stores.narrow().size() : stores.weights().size();
    LayerRecord record =
        new LayerRecord()
            .set("folds_log2", Integer.numberOfTrailingZeros(form.folds()))
            .set("pair", windows.pair())
            .set("fold_stride", form.folds() > 1 ? windows.foldStride() : 1)
            .set("tap_step", windows.tapStep())
            .set("x_step", windows.foldStride() * form.folds())
            .set("row_pixels", form.rowPixels())
            .set("tiles", form.tiles())
            .set("tile_blocks", form.tileOutputs() / OverlayTarget.LANES)
            .set("weight_entry", entry)
            .set("weight_step", form.tileEntries())
            .set("column_entry", stores.columns().size())
            .set("column_step", WeightPacking.columnEntries(form));
    RecordParts.input(record, from, windows.kernelWidth(), windows.kernelHeight());
    RecordParts.start(
        record, from, windows.xStart(), windows.yStart(), flat ? 1 : windows.yStride());
    RecordParts.output(record, flat ? RecordParts.line(out) : out);
    WeightPacking.convolution(form, stores);
    RecordParts.finish(record, form.layer(), stores);
    return RecordParts.needs(record, from, form.folds());
  }

  /** The record of a depthwise layer. */
  LayerRecord depthwise(OverlayLayer layer, OverlayTensor in, OverlayTensor out) {
    Window window = layer.window();
    int stride = window.strideWidth();
    int groups = ceil(window.kernelWidth(), TAPS);
    boolean shared = layer.columns().outputs() == 1;
    boolean pair = stride == 1;
    LayerRecord record =
        new LayerRecord()
            .set("pair", pair)
            .set("tap_step", TAPS)
            .set("weight_entry", stores.taps().size())
            .set("weight_step", shared ? 0 : window.kernelHeight() * groups)
            .set("column_entry", stores.columns().size())
            .set("column_step", shared ? 0 : 1)
            .set("average", layer.average());
    channelwise(record, layer, in, out, groups, pair ? 6 : stride == 2 ? 3 : 1);
    WeightPacking.depthwise(layer, out.blocks(), groups, stores);
    return record;
  }

  /** The record of a max pool, or of what only moves codes. */
  LayerRecord maxPool(OverlayLayer layer, OverlayTensor in, OverlayTensor out) {
    int stride = layer.window().strideWidth();
    LayerRecord record =
        new LayerRecord().set("pair", true).set("tap_step", layer.window().dilationWidth());
    int pixels = stride == 1 ? 8 : stride == 2 ? 4 : 1;
    channelwise(record, layer, in, out, layer.window().kernelWidth(), pixels);
    return record;
  }

  private void channelwise(
      LayerRecord record,
      OverlayLayer layer,
      OverlayTensor in,
      OverlayTensor out,
      int taps,
      int pixels) {
    Window window = layer.window();
    // Only a mean of the whole image, as one row, has a window wider than the image.
    boolean wider = !window.padded() && window.kernelWidth() > in.width();
    boolean flat = wider || layer.isPointwise() && in.pixels() < 1 << 13;
    OverlayTensor from = flat ? RecordParts.line(in) : in;
    record
        .set("fold_stride", Math.min(window.strideWidth(), 7))
        .set("x_step", pixels * window.strideWidth())
        .set("row_pixels", pixels)
        .set("tiles", out.blocks())
        .set("tile_blocks", 1);
    RecordParts.input(record, from, taps, window.kernelHeight());
    RecordParts.start(record, from, -window.left(), -window.top(), window.strideHeight());
    RecordParts.output(record, flat ? RecordParts.line(out) : out);
    RecordParts.finish(record, layer, stores);
    record.set("need_start", in.words());
  }
}
