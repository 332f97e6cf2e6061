// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A type of integer layer: the word that files call it, its class, and what makes one of its file
 * form. {@link #ALL} is the table of them; a new type is its own class and a row here. How the
 * runtime computes a type is a row of its table of steps.
 *
 * @param word as {@code conv2d}
 * @param reader makes a layer of what {@link IntegerLayer#describe} wrote
 */
public record IntegerLayerType<L extends IntegerLayer>(
    String word, Class<L> type, Function<IntegerLayerSource, L> reader) {
  /** All types. */
  public static final List<IntegerLayerType<? extends IntegerLayer>> ALL = all();

  private static List<IntegerLayerType<? extends IntegerLayer>> all() {
    List<IntegerLayerType<? extends IntegerLayer>> all = new ArrayList<>();
    all.add(new IntegerLayerType<>("dense", IntegerDense.class, IntegerDense::read));
    all.add(new IntegerLayerType<>("conv2d", IntegerConv2d.class, IntegerConv2d::read));
    all.add(new IntegerLayerType<>("table", CodeTable.class, CodeTable::read));
    all.add(new IntegerLayerType<>("max-pool", IntegerMaxPool.class, IntegerMaxPool::read));
    all.add(
        new IntegerLayerType<>("average-pool", IntegerAveragePool.class, IntegerAveragePool::read));
    all.add(new IntegerLayerType<>("flatten", IntegerFlatten.class, IntegerFlatten::read));
    all.add(new IntegerLayerType<>("pad", IntegerPad.class, IntegerPad::read));
    all.add(new IntegerLayerType<>("add", IntegerAdd.class, IntegerAdd::read));
    all.add(new IntegerLayerType<>("concat", IntegerConcat.class, IntegerConcat::read));
    return List.copyOf(all);
  }

  /** The word of a layer. */
  public static String word(IntegerLayer layer) {
    return ALL.stream()
        .filter(row -> row.type() == layer.getClass())
        .map(IntegerLayerType::word)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    layer.getClass() + " has no row in IntegerLayerType.ALL"));
  }

  /**
   * The layer of a file form.
   *
   * @throws org.fabriq.FileFormatException if its type is none
   */
  static IntegerLayer read(IntegerLayerSource source) {
    String word = source.layer().json().text("type");
    for (IntegerLayerType<?> row : ALL) {
      if (row.word().equals(word)) {
        return row.reader().apply(source);
      }
    }
    throw source.layer().wrong("type", "a type of layer");
  }
}
