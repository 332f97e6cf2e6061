// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A type of layer: the word that files call it, its class, and what makes one of its file form.
 * {@link #ALL} is the table of them; a new type is its own class and a row here. How a type becomes
 * integers is a row of {@link org.fabriq.integer.IntegerConversion}.
 *
 * @param word as {@code conv2d}
 * @param reader makes a layer of its file form; what {@link Layer#describe} wrote
 */
public record LayerType<L extends Layer>(
    String word, Class<L> type, Function<LayerSource, L> reader) {
  /** All types. */
  public static final List<LayerType<? extends Layer>> ALL = all();

  private static List<LayerType<? extends Layer>> all() {
    List<LayerType<? extends Layer>> all = new ArrayList<>();
    all.add(new LayerType<>("dense", DenseLayer.class, DenseLayer::read));
    all.add(new LayerType<>("conv2d", Conv2dLayer.class, Conv2dLayer::read));
    all.add(new LayerType<>("batch-norm", BatchNormLayer.class, BatchNormLayer::read));
    all.add(new LayerType<>("max-pool", MaxPoolLayer.class, MaxPoolLayer::read));
    all.add(new LayerType<>("average-pool", AveragePoolLayer.class, AveragePoolLayer::read));
    all.add(
        named("global-average-pool", GlobalAveragePoolLayer.class, GlobalAveragePoolLayer::new));
    all.add(named("flatten", FlattenLayer.class, FlattenLayer::new));
    all.add(new LayerType<>("pad", PadLayer.class, PadLayer::read));
    all.add(named("add", AddLayer.class, AddLayer::new));
    all.add(new LayerType<>("concat", ConcatLayer.class, ConcatLayer::read));
    all.add(new LayerType<>("clip", ClipLayer.class, ClipLayer::read));
    all.add(new LayerType<>("leaky-relu", LeakyReluLayer.class, LeakyReluLayer::read));
    all.add(new LayerType<>("hard-sigmoid", HardSigmoidLayer.class, HardSigmoidLayer::read));
    all.add(named("hard-swish", HardSwishLayer.class, HardSwishLayer::new));
    all.add(named("softmax", SoftmaxLayer.class, name -> new SoftmaxLayer(name, false)));
    all.add(named("log-softmax", SoftmaxLayer.class, name -> new SoftmaxLayer(name, true)));
    all.add(named("argmax", ArgmaxLayer.class, ArgmaxLayer::new));
    for (Activation activation : Activation.values()) {
      all.add(
          named(
              activation.word(),
              ActivationLayer.class,
              name -> new ActivationLayer(name, activation)));
    }
    return List.copyOf(all);
  }

  /** A type whose file form is name and word alone. */
  private static <L extends Layer> LayerType<L> named(
      String word, Class<L> type, Function<String, L> maker) {
    return new LayerType<>(word, type, source -> maker.apply(source.name()));
  }

  /** The word of a layer. */
  public static String word(Layer layer) {
    if (layer instanceof ActivationLayer function) {
      return function.activation().word();
    }
    if (layer instanceof SoftmaxLayer softmax) {
      return softmax.logarithm() ? "log-softmax" : "softmax";
    }
    return ALL.stream()
        .filter(row -> row.type() == layer.getClass())
        .map(LayerType::word)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(layer.getClass() + " has no row in LayerType.ALL"));
  }

  /**
   * The layer of a file form.
   *
   * @throws org.fabriq.FileFormatException if its type is none
   */
  public static Layer read(LayerSource source) {
    String word = source.json().text("type");
    for (LayerType<?> row : ALL) {
      if (row.word().equals(word)) {
        return row.reader().apply(source);
      }
    }
    throw source.wrong("type", "a type of layer");
  }
}
