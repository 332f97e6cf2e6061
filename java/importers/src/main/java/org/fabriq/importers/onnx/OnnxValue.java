// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.Signal;

/** What a name of an ONNX graph stands for. */
sealed interface OnnxValue {
  /** Elements that are known at import. */
  record Fixed(Constant constant) implements OnnxValue {}

  /**
   * A tensor that flows.
   *
   * @param codes whether it is the codes of the signal, not what they stand for
   */
  record Flowing(Signal signal, boolean codes) implements OnnxValue {}

  /** What a refused node would give. */
  record Missing() implements OnnxValue {}
}
