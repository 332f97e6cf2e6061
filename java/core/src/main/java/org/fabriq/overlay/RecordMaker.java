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
    OverlayTensor words = form.words();
    boolean flat = form.layer().isPointwise() && !form.packed() && words.pixels() < 1 << 13;
    OverlayTensor from = flat ? line(words) : words;
    int entry =
        form.narrow() ? target.weightEntries() + stores.narrow().size() : stores.weights().size();
    LayerRecord record =
        new LayerRecord()
            .set("folds_log2", Integer.numberOfTrailingZeros(form.folds()))
            .set("pair", form.pair())
            .set("fold_stride", form.folds() > 1 ? form.foldStride() : 1)
            .set("tap_step", form.tapStep())
            .set("x_step", form.foldStride() * form.folds())
            .set("row_pixels", form.rowPixels())
            .set("tiles", form.tiles())
            .set("tile_blocks", form.tileOutputs() / OverlayTarget.LANES)
            .set("weight_entry", entry)
            .set("weight_step", form.tileEntries())
            .set("column_entry", stores.columns().size())
            .set("column_step", WeightPacking.columnEntries(form));
    input(record, from, form.kernelWidth(), form.kernelHeight());
    start(record, from, form.xStart(), form.yStart(), flat ? 1 : form.yStride());
    output(record, flat ? line(out) : out);
    WeightPacking.convolution(form, stores);
    finish(record, form.layer());
    return needs(record, from, form.folds());
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
    OverlayTensor from = flat ? line(in) : in;
    record
        .set("fold_stride", Math.min(window.strideWidth(), 7))
        .set("x_step", pixels * window.strideWidth())
        .set("row_pixels", pixels)
        .set("tiles", out.blocks())
        .set("tile_blocks", 1);
    input(record, from, taps, window.kernelHeight());
    start(record, from, -window.left(), -window.top(), window.strideHeight());
    output(record, flat ? line(out) : out);
    finish(record, layer);
    record.set("need_start", in.words());
  }

  private static OverlayTensor line(OverlayTensor image) {
    return new OverlayTensor(1, image.pixels(), image.channels());
  }

  private static void input(LayerRecord record, OverlayTensor in, int width, int height) {
    record
        .set("in_pitch", in.pitch())
        .set("in_blocks", in.blocks())
        .set("in_width", in.width())
        .set("in_height", in.height())
        .set("kernel_width", width)
        .set("kernel_height", height);
  }

  private static void start(
      LayerRecord record, OverlayTensor in, int xStart, int yStart, int yStride) {
    RecordLayout.NETWORK_I8.field("x_start").checkSigned(xStart);
    RecordLayout.NETWORK_I8.field("y_start").checkSigned(yStart);
    RecordLayout.NETWORK_I8.field("row_start").checkSigned((long) yStart * in.width());
    record
        .set("y_stride", yStride)
        .set("x_start", xStart)
        .set("y_start", yStart)
        .set("row_start", (long) yStart * in.width())
        .set("row_step", (long) yStride * in.width());
  }

  private static void output(LayerRecord record, OverlayTensor out) {
    record
        .set("out_width", out.width())
        .set("out_height", out.height())
        .set("out_pitch", out.pitch())
        .set("out_blocks", out.blocks())
        .set("tile_lines", (long) record.get("tile_blocks") * out.pitch());
  }

  private void finish(LayerRecord record, OverlayLayer layer) {
    record
        .set("kind", layer.kind().ordinal())
        .set("zero_in", layer.zeroIn())
        .set("least", -128)
        .set("greatest", 127)
        .set("raw", layer.raw());
    if (layer.columns() != null) {
      record
          .set("zero_out", layer.columns().zeroOut())
          .set("least", layer.columns().least())
          .set("greatest", layer.columns().greatest());
    }
    if (layer.table() != null) {
      record.set("table", true).set("table_id", stores.table(layer.table()));
    }
    if (layer.sum() != null) {
      OverlaySum sum = layer.sum();
      record
          .set("add", true)
          .set("add_m1", sum.own())
          .set("add_m2", sum.other())
          .set("add_shift", sum.shift())
          .set("add_zero1", sum.zeroOwn())
          .set("add_zero2", sum.zeroOther())
          .set("add_zero_out", sum.zeroOut())
          .set("add_least", sum.least())
          .set("add_greatest", sum.greatest());
    }
  }

  /** The words that must be there before a beat, if they are those of the input. */
  private static LayerRecord needs(LayerRecord record, OverlayTensor in, int folds) {
    boolean line = in.height() == 1 && record.get("kernel_height") == 1;
    if (line && record.get("kernel_width") == 1 && record.signed("x_start") == 0) {
      return record
          .set("need_per_block", true)
          .set("need_start", 1 + (long) (folds - 1) * record.get("fold_stride") * in.blocks())
          .set("need_x", (long) record.get("x_step") * in.blocks());
    }
    int rowWords = in.width() * in.blocks();
    long start = (long) (record.signed("y_start") + record.get("kernel_height")) * rowWords;
    long step = (long) record.get("y_stride") * rowWords;
    long most = Math.max(0, start) + step * record.get("out_height");
    return most < 1 << 16
        ? record.set("need_start", Math.max(0, start)).set("need_y", step)
        : record.set("need_start", in.words());
  }
}
