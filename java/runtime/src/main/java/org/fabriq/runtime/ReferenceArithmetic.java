// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Optional;
import org.fabriq.ShapeException;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.ReferenceOverlay;
import org.fabriq.tensor.Int8Tensor;

/** The definitions of the numbers. */
final class ReferenceArithmetic implements CpuArithmetic {
  private static final OverlayTarget TARGET = OverlayTarget.DEFAULT;

  @Override
  public String description() {
    return "FabriQ reference, Java " + Runtime.version().feature();
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Product prepare(MatmulWeights weights) {
    return (a, c) -> ReferenceMatmul.multiply(a, weights, c);
  }

  @Override
  public Optional<OverlayTarget> overlay() {
    return Optional.of(TARGET);
  }

  @Override
  public Product prepare(OverlayProgram program) {
    ReferenceOverlay overlay = new ReferenceOverlay(program.bytes(), TARGET, false);
    return (images, results) -> {
      try {
        overlay.run((Int8Tensor) images, (Int8Tensor) results);
      } catch (ShapeException e) {
        throw new DeviceFailedException(e.getMessage());
      }
    };
  }
}
