// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.overlay.OverlayPart;
import org.fabriq.tensor.DataType;

/** The steps of an integer network in parts: one for each program, and for each layer in none. */
final class LaunchSteps implements StepSource {
  /**
   * Layers that are one step.
   *
   * @param part the program that they are; null for a layer alone
   */
  private record Unit(int first, int last, OverlayPart part) {}

  private final IntegerNetwork network;
  private final IntegerSteps layers;
  private final PlacedParts placed;
  private final List<Unit> units = new ArrayList<>();
  private final Map<Integer, Integer> givers = new HashMap<>();

  /**
   * @param layers the same network, layer by layer
   */
  LaunchSteps(IntegerNetwork network, IntegerSteps layers, PlacedParts placed) {
    this.network = network;
    this.layers = layers;
    this.placed = placed;
    givers.put(-1, -1);
    for (OverlayPart part : placed.parts().parts()) {
      if (part.isProgram()) {
        add(new Unit(part.first(), part.last(), part));
      }
      for (int i = part.first(); i <= part.last() && !part.isProgram(); i++) {
        add(new Unit(i, i, null));
      }
    }
  }

  private void add(Unit unit) {
    givers.put(unit.last(), units.size());
    units.add(unit);
  }

  @Override
  public int count() {
    return units.size();
  }

  /** The name of the layer, or of the first and the last one. */
  @Override
  public String name(int i) {
    List<String> names = layers(i);
    return names.size() == 1 ? names.get(0) : names.get(0) + ".." + names.get(names.size() - 1);
  }

  @Override
  public List<String> layers(int i) {
    Unit unit = units.get(i);
    return network.layers().subList(unit.first(), unit.last() + 1).stream()
        .map(IntegerLayer::name)
        .toList();
  }

  @Override
  public int[] inputs(int i) {
    Unit unit = units.get(i);
    return unit.part() == null
        ? Arrays.stream(layers.inputs(unit.first())).map(givers::get).toArray()
        : new int[] {givers.get(unit.first() - 1)};
  }

  @Override
  public SampleShape input() {
    return layers.input();
  }

  @Override
  public SampleShape shape(int i) {
    return layers.shape(units.get(i).last());
  }

  @Override
  public DataType inputType() {
    return layers.inputType();
  }

  @Override
  public DataType type(int i) {
    return layers.type(units.get(i).last());
  }

  @Override
  public Step step(int i, StepPlace where) {
    Unit unit = units.get(i);
    return unit.part() == null
        ? layers.step(unit.first(), where)
        : new ProgramStep(unit.part(), placed.device(unit.part()), where);
  }
}
