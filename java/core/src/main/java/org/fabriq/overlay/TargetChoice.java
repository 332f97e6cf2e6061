// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerLayer;

/** Says which target layers are planned for together. */
@FunctionalInterface
public interface TargetChoice {
  /**
   * The target of the layers.
   *
   * @param layers that would be one program, in order
   * @throws InvalidArgumentException if they cannot be one, with the reason
   */
  OverlayTarget of(List<IntegerLayer> layers);
}
