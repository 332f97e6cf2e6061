// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;

/**
 * Time over batch of one CPU opponent: measured points, straight lines between them, proportional
 * beyond the last.
 *
 * @param device its address
 * @param micros microseconds by batch, at least one
 */
public record CpuCurve(String device, NavigableMap<Integer, Double> micros) {
  /**
   * @throws InvalidArgumentException if there is no point
   */
  public CpuCurve {
    if (micros.isEmpty()) {
      throw new InvalidArgumentException("no batch was measured on " + device);
    }
    micros = new TreeMap<>(micros);
  }

  /** Microseconds at a batch. */
  public double at(int batch) {
    Map.Entry<Integer, Double> below = micros.floorEntry(batch);
    Map.Entry<Integer, Double> above = micros.ceilingEntry(batch);
    if (above == null) {
      return below.getValue() * batch / below.getKey();
    }
    if (below == null || below.getKey().equals(above.getKey())) {
      return above.getValue();
    }
    double part = (double) (batch - below.getKey()) / (above.getKey() - below.getKey());
    return below.getValue() + part * (above.getValue() - below.getValue());
  }

  /** The times of running one after the other, at the batches both were measured at. */
  public CpuCurve plus(CpuCurve other) {
    NavigableMap<Integer, Double> sums = new TreeMap<>();
    micros.forEach(
        (batch, time) -> {
          if (other.micros.containsKey(batch)) {
            sums.put(batch, time + other.micros.get(batch));
          }
        });
    return new CpuCurve(device, sums);
  }
}
