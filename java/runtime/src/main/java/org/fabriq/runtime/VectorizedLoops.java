// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether this JVM computes loops over floats rightly. HotSpot's C2 on 32-bit Arm (seen with
 * OpenJDK 17.0.19) overwrites vector registers that hold a loop's constants, so that FabriQ's own
 * and any other float loop may give wrong numbers; without its vectorizer it gives right ones.
 */
final class VectorizedLoops {
  private static final String OPTION = "UseSuperWord";

  private VectorizedLoops() {}

  /**
   * Refuses a JVM whose results could be wrong.
   *
   * @throws DeviceUnavailableException with the remedy
   */
  static void requireRight() {
    fault(System.getProperty("os.arch"), VectorizedLoops::vectorizes)
        .ifPresent(
            message -> {
              throw new DeviceUnavailableException(message);
            });
  }

  /**
   * What is wrong with a JVM, or nothing.
   *
   * @param vectorizes asked only where it matters
   */
  static Optional<String> fault(String architecture, BooleanSupplier vectorizes) {
    return architecture.equals("arm") && vectorizes.getAsBoolean()
        ? Optional.of(
            "This JVM gives wrong results on 32-bit Arm when it vectorizes loops; start it with"
                + " -XX:-%s, for instance by JAVA_TOOL_OPTIONS".formatted(OPTION))
        : Optional.empty();
  }

  /** Whether HotSpot's vectorizer is on; other JVMs have no such option. */
  private static boolean vectorizes() {
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return bean != null && Boolean.parseBoolean(bean.getVMOption(OPTION).getValue());
    } catch (IllegalArgumentException absent) {
      return false;
    }
  }
}
