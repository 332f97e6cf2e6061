// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Numbers of resources; one that a report does not tell is absent, which is not 0.
 *
 * @param values 0 or above
 */
public record ResourceCounts(Map<Resource, Long> values) {
  /** Nothing told. */
  public static final ResourceCounts UNKNOWN = new ResourceCounts(Map.of());

  /** Copies. */
  public ResourceCounts {
    Map<Resource, Long> copy = new EnumMap<>(Resource.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** All five. */
  public static ResourceCounts of(long lut, long ff, long dsp, long bram18k, long uram) {
    return new ResourceCounts(
        Map.of(
            Resource.LUT, lut,
            Resource.FF, ff,
            Resource.DSP, dsp,
            Resource.BRAM_18K, bram18k,
            Resource.URAM, uram));
  }

  /** The number of a resource, empty where it was not told. */
  public OptionalLong get(Resource resource) {
    Long value = values.get(resource);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Whether nothing was told. */
  public boolean isUnknown() {
    return values.isEmpty();
  }
}
