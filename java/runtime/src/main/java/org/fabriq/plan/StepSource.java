// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.List;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.DataType;

/** The steps that a plan is made of, in an order in which each comes after those it takes from. */
interface StepSource {
  /** How many there are. */
  int count();

  /** The name of the layer of step {@code i}; of a program those of its first and last. */
  String name(int i);

  /** The names of the layers that step {@code i} is; without those that became part of one. */
  default List<String> layers(int i) {
    return List.of(name(i));
  }

  /** The steps that step {@code i} takes from; -1 for the plan's input. */
  int[] inputs(int i);

  /** The shape of a sample of the plan's input. */
  SampleShape input();

  /** The elements of the plan's input. */
  DataType inputType();

  /** The shape of a sample of what step {@code i} gives. */
  SampleShape shape(int i);

  /** The elements of what step {@code i} gives. */
  DataType type(int i);

  /** Makes step {@code i}. */
  Step step(int i, StepPlace place);
}
