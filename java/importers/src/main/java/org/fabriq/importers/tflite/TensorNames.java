// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A name of its own for each tensor of a file: up to the first semicolon, behind which files repeat
 * themselves. What is made of a name has a semicolon, so it is none of another tensor.
 */
final class TensorNames {
  private final List<String> names = new ArrayList<>();

  TensorNames(TfliteModel model) {
    Set<String> used = new HashSet<>();
    for (TfliteTensor tensor : model.tensors()) {
      String name = tensor.name().split(";", 2)[0];
      boolean own = !name.isEmpty() && used.add(name);
      names.add(own ? name : name + ";" + tensor.index());
    }
  }

  /** The name of a tensor. */
  String of(int index) {
    return names.get(index);
  }

  /** What an operator is called: the first tensor that it makes. */
  String of(TfliteOperator operator) {
    return operator.outputs().length == 0
        ? "" + operator.index()
        : names.get(operator.outputs()[0]);
  }

  /** The operators by what steps made of them are called, as {@code CONV_2D conv1}. */
  static Map<String, TfliteOperator> sources(TfliteModel model) {
    TensorNames names = new TensorNames(model);
    Map<String, TfliteOperator> sources = new HashMap<>();
    for (TfliteOperator next : model.operators()) {
      sources.put(next.type() + " " + names.of(next), next);
    }
    return sources;
  }
}
