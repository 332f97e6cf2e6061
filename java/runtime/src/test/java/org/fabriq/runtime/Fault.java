// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fabriq.xclbin.DefaultXclbins;
import org.fabriq.xclbin.XclbinTarget;

/** A fault of an emulated device and what must come of it. */
interface Fault {
  /** The exception comes before that, on a busy machine too; what hangs takes longer. */
  Duration LIMIT = Duration.ofSeconds(10);

  /** Everything is there but the call that meets the fault. */
  interface Scene extends AutoCloseable {
    /** The call. */
    ThrowingCallable use();

    /** Ends what is open. */
    @Override
    default void close() {}
  }

  /** Brings the fault about. */
  Scene stage(String address, Path folder) throws Exception;

  /** The exception's class. */
  Class<? extends Throwable> error();

  /** Whether the device can have it. */
  default boolean concerns(String address) {
    return true;
  }

  /** The target of an address. */
  static XclbinTarget target(String address) {
    return XclbinTarget.ofLabel(address.replaceFirst("\\?.*", "").replaceFirst(".*:", ""));
  }

  /** The xclbin that the device has by default. */
  static Path defaultXclbin(XclbinTarget target) {
    EmulationModel model = EmulationModel.preferred(target);
    return DefaultXclbins.get(target, 1, model.payload(), model.clockMhz());
  }
}
