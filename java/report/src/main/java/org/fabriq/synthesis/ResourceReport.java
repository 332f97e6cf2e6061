// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one report of a synthesis tool says about one kernel or design.
 *
 * @param name the kernel, function or design
 * @param kind what kind of report
 * @param tool tool and version as the report has them, empty where it does not
 * @param part the device's part number as the report has it, empty where it does not
 * @param used resources used
 * @param available what the report counts as available; of the chip, or what a shell leaves
 * @param clock periods
 * @param cycles of one call
 * @param source the file, for people
 */
public record ResourceReport(
    String name,
    ReportKind kind,
    String tool,
    String part,
    ResourceCounts used,
    ResourceCounts available,
    ClockEstimate clock,
    CycleEstimate cycles,
    String source) {

  /** The device of {@link #part()}, if FabriQ knows it. */
  public Optional<FpgaDevice> device() {
    return FpgaDevice.ofPart(part);
  }

  /** The share of a device's resource that is used, 1 for all; empty where either is unknown. */
  public OptionalDouble share(Resource resource, Optional<FpgaDevice> of) {
    OptionalLong count = used.get(resource);
    OptionalLong total = of.isPresent() ? of.get().totals().get(resource) : available.get(resource);
    return count.isEmpty() || total.isEmpty() || total.getAsLong() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) count.getAsLong() / total.getAsLong());
  }

  /** The same with the clock of another report of the same design. */
  ResourceReport withClockOf(ResourceReport timing) {
    return new ResourceReport(
        name,
        kind,
        tool,
        part.isEmpty() ? timing.part : part,
        used,
        available,
        timing.clock,
        cycles,
        source + ", " + timing.source);
  }
}
