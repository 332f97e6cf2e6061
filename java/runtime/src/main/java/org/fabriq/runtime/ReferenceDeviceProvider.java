// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.ReferenceMatmul;

/** Opens {@code reference}: {@link ReferenceMatmul} in the calling thread. */
public final class ReferenceDeviceProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "reference";
  }

  @Override
  public String summary() {
    return "slow, obvious Java: the definition of the numbers";
  }

  @Override
  public String probe() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public Backend open(DeviceAddress address) {
    address.requirePlain();
    return new JavaBackend(
        new CpuArithmetic() {
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
        });
  }
}
