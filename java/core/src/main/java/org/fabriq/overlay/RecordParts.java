// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/** Sets the fields of a record that stand for one thing each. */
final class RecordParts {
  private RecordParts() {}

  /** An image as one row of pixels. */
  static OverlayTensor line(OverlayTensor image) {
    return new OverlayTensor(1, image.pixels(), image.channels());
  }

  /** What a window walks over. */
  static void input(LayerRecord record, OverlayTensor in, int width, int height) {
    record
        .set("in_pitch", in.pitch())
        .set("in_blocks", in.blocks())
        .set("in_width", in.width())
        .set("in_height", in.height())
        .set("kernel_width", width)
        .set("kernel_height", height);
  }

  /** Where the first window begins, and how it moves down. */
  static void start(LayerRecord record, OverlayTensor in, int xStart, int yStart, int yStride) {
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

  /** What the layer gives. */
  static void output(LayerRecord record, OverlayTensor out) {
    record
        .set("out_width", out.width())
        .set("out_height", out.height())
        .set("out_pitch", out.pitch())
        .set("out_blocks", out.blocks())
        .set("tile_lines", (long) record.get("tile_blocks") * out.pitch());
  }

  /** What becomes of sums and codes. */
  static void finish(LayerRecord record, OverlayLayer layer, ProgramStores stores) {
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
  static LayerRecord needs(LayerRecord record, OverlayTensor in, int folds) {
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
