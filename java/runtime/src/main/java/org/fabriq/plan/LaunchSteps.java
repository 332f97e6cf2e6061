// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.overlay.OverlayPart;
import org.fabriq.overlay.ProgramPart;
import org.fabriq.tensor.DataType;

/** The steps of an integer network in parts: one for each program, and for each layer in none. */
final class LaunchSteps implements StepSource {
  /**
   * Layers that are one step.
   *
   * @param program that they are; empty for a layer alone
   */
  private record Unit(int first, int last, Optional<ProgramPart> program) {}

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
      if (part instanceof ProgramPart program) {
        add(new Unit(part.first(), part.last(), Optional.of(program)));
      } else {
        for (int i = part.first(); i <= part.last(); i++) {
          add(new Unit(i, i, Optional.empty()));
        }
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

  @Override
  public String name(int i) {
    Unit unit = units.get(i);
    return unit.program().map(ProgramPart::name).orElseGet(() -> layers.name(unit.first()));
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
    return unit.program().isPresent()
        ? new int[] {givers.get(unit.first() - 1)}
        : Arrays.stream(layers.inputs(unit.first())).map(givers::get).toArray();
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
    return unit.program()
        .<Step>map(program -> new ProgramStep(program, placed.device(program), where))
        .orElseGet(() -> layers.step(unit.first(), where));
  }
}
