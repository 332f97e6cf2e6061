// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.fabriq.importers.graph.Role;
import org.fabriq.importing.SourceOperation;

/** What operators of a graph are for where no layer stands for them. */
final class OperatorRoles {
  private static final Map<String, Role> KNOWN =
      Map.of(
          "QUANTIZE", Role.CODES,
          "DEQUANTIZE", Role.CODES,
          "RESHAPE", Role.ARRANGEMENT,
          "SQUEEZE", Role.ARRANGEMENT);

  private OperatorRoles() {}

  /** The operators of a file, in its order. */
  static List<SourceOperation> of(TfliteModel model) {
    TensorNames names = new TensorNames(model);
    Set<Integer> needed = needed(model);
    return model.operators().stream()
        .map(
            operator -> {
              boolean used = IntStream.of(operator.outputs()).anyMatch(needed::contains);
              Role role = used ? KNOWN.getOrDefault(operator.type(), Role.FOLDED) : Role.UNUSED;
              return new SourceOperation(operator.type(), names.of(operator), role.words());
            })
        .toList();
  }

  /** The tensors that the outputs are made of; operators come in the order in which they run. */
  private static Set<Integer> needed(TfliteModel model) {
    Set<Integer> needed = new HashSet<>();
    IntStream.of(model.outputs()).forEach(needed::add);
    Deque<TfliteOperator> backwards = new ArrayDeque<>();
    model.operators().forEach(backwards::push);
    for (TfliteOperator operator : backwards) {
      if (IntStream.of(operator.outputs()).anyMatch(needed::contains)) {
        IntStream.of(operator.inputs()).forEach(needed::add);
      }
    }
    return needed;
  }
}
