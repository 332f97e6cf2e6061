// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.AddScaling;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerConcat;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerFlatten;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerMaxPool;
import org.fabriq.integer.IntegerPad;

/**
 * How a type of integer layer becomes layers of the overlay: a row of {@link #ALL}.
 *
 * @param rule adds layers to a conversion, and gives what the tensor is
 */
record OverlayRule<L extends IntegerLayer>(Class<L> type, Rule<L> rule) {
  /** The channels after which a word of the same pixel lies in the same bank again. */
  private static final int TURN = OverlayTarget.BANKS * OverlayTarget.LANES;

  /** Adds what a layer is on the overlay. */
  @FunctionalInterface
  interface Rule<L extends IntegerLayer> {
    /**
     * Adds it.
     *
     * @param i the layer's index in the network
     * @throws InvalidArgumentException if the overlay has no such layer
     */
    TensorView lower(L layer, int i, OverlayConversion to);
  }

  static final List<OverlayRule<?>> ALL =
      List.of(
          new OverlayRule<>(IntegerDense.class, WeightedRules::dense),
          new OverlayRule<>(IntegerConv2d.class, WeightedRules::convolution),
          new OverlayRule<>(IntegerMaxPool.class, PoolingRules::greatest),
          new OverlayRule<>(IntegerAveragePool.class, PoolingRules::average),
          new OverlayRule<>(IntegerFlatten.class, OverlayRule::flatten),
          new OverlayRule<>(IntegerPad.class, OverlayRule::pad),
          new OverlayRule<>(CodeTable.class, OverlayRule::table),
          new OverlayRule<>(IntegerAdd.class, OverlayRule::add),
          new OverlayRule<>(IntegerConcat.class, OverlayRule::concat));

  /** Lowers a layer by the row of its type. */
  static TensorView apply(IntegerLayer layer, int i, OverlayConversion to) {
    for (OverlayRule<?> row : ALL) {
      if (row.type().isInstance(layer)) {
        TensorView made = row.applyTo(layer, i, to);
        return made.through(to.onlyReader(i));
      }
    }
    throw new IllegalStateException(layer.getClass() + " has no row in OverlayRule.ALL");
  }

  private TensorView applyTo(IntegerLayer layer, int i, OverlayConversion to) {
    return rule.lower(type.cast(layer), i, to);
  }

  /** The error about a layer that rounds as TensorFlow Lite does, for the caller to throw. */
  static InvalidArgumentException otherRounding() {
    return new InvalidArgumentException(
        "the rounding of TensorFlow Lite, which the overlay has not; import it without");
  }

  /** Blocks stay where they are; what reads them knows their order. */
  private static TensorView flatten(IntegerFlatten flatten, int i, OverlayConversion to) {
    return to.held(i, 0);
  }

  private static TensorView pad(IntegerPad pad, int i, OverlayConversion to) {
    return to.held(i, 0).with(pad);
  }

  private static TensorView table(CodeTable table, int i, OverlayConversion to) {
    byte[] codes = new byte[256];
    for (int code = 0; code < codes.length; code++) {
      codes[code] = table.apply((byte) code);
    }
    TensorView view = to.held(i, 0);
    var fused = to.changeable(view).filter(layer -> layer.sum() == null);
    if (fused.isPresent()) {
      return to.change(view, fused.get().withTable(table.name(), codes));
    }
    OverlayLayer alone = OverlayLayer.identity(table.name(), view.tensor(), 0);
    return to.add(alone.withTable("table", codes), to.shape(view));
  }

  private static TensorView add(IntegerAdd add, int i, OverlayConversion to) {
    if (!(add.scaling() instanceof AddScaling scaling)) {
      throw OverlayRule.otherRounding();
    }
    TensorView left = to.held(i, 0);
    TensorView right = to.held(i, 1);
    if (!to.shape(left).equals(to.shape(right))) {
      throw new InvalidArgumentException(
          "the sum of %s and %s, which lie in another order; add them before flattening"
              .formatted(to.shape(left), to.shape(right)));
    }
    boolean ownIsLeft = left.tensor() > right.tensor();
    TensorView own = ownIsLeft ? left : right;
    int other = (ownIsLeft ? right : left).tensor();
    OverlaySum sum = OverlaySum.of(add, scaling, ownIsLeft, other);
    var fused =
        to.changeable(own)
            .filter(layer -> own.tensor() != other)
            .filter(layer -> layer.sum() == null && layer.table() == null);
    if (fused.isPresent()) {
      return to.change(own, fused.get().withSum(add.name(), sum));
    }
    OverlayLayer alone = OverlayLayer.identity(add.name(), own.tensor(), 0);
    return to.add(alone.withSum("sum", sum), to.shape(own));
  }

  /** A matter of places, where the banks of the parts are those of the whole. */
  private static TensorView concat(IntegerConcat concat, int i, OverlayConversion to) {
    List<TensorView> parts = new ArrayList<>();
    for (int k = 0; k < concat.inputCount(); k++) {
      parts.add(to.held(i, k));
    }
    OverlayTensor first = to.shape(parts.get(0));
    for (int k = 0; k < parts.size(); k++) {
      OverlayTensor part = to.shape(parts.get(k));
      if (part.height() != first.height() || part.width() != first.width()) {
        throw new InvalidArgumentException(
            "joined branches %s and %s, which lie in another order".formatted(first, part));
      }
      if (k + 1 < parts.size() && part.channels() % TURN != 0) {
        throw new InvalidArgumentException(
            "joined branches of which one has %d channels, limit multiples of %d for all but the"
                    .formatted(part.channels(), TURN)
                + " last");
      }
    }
    return to.join(parts, concat.name());
  }
}
