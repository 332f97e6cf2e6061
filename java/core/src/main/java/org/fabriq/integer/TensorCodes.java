// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;

/** Checks what the codes of activations stand for. */
final class TensorCodes {
  private TensorCodes() {}

  /** One scale for the tensor, and codes that int8 holds. */
  static void check(String what, Encoding encoding) {
    if (encoding.perChannel() || encoding.qmin() < -128 || encoding.qmax() > 127) {
      throw new InvalidArgumentException(
          "%s as %s; it must be one scale for the tensor and codes within [-128, 127]"
              .formatted(what, encoding));
    }
  }

  /** A clamp within the codes of an output. */
  static void checkClamp(String layer, int least, int greatest, Encoding output) {
    if (least > greatest || least < output.qmin() || greatest > output.qmax()) {
      throw new InvalidArgumentException(
          "layer %s clamps to [%d, %d]; the lower limit comes first, within %d to %d"
              .formatted(layer, least, greatest, output.qmin(), output.qmax()));
    }
  }
}
