// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Optional;
import org.fabriq.quant.Encoding;

/** A layer whose outputs are codes of the same meaning as its inputs. */
public interface CodeKeepingLayer extends UnaryIntegerLayer {
  /** What codes stand for, before and after. */
  Encoding codes();

  @Override
  default Encoding input() {
    return codes();
  }

  @Override
  default Optional<Encoding> outputCodes() {
    return Optional.of(codes());
  }
}
