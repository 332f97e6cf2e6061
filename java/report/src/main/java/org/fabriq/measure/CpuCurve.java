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
 * @param noise why not all of its points are to be trusted, if they are not
 */
public record CpuCurve(String device, NavigableMap<Integer, Double> micros, Noise noise) {
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

  /** This curve with the points of another of the same device. */
  CpuCurve with(CpuCurve other) {
    NavigableMap<Integer, Double> all = new TreeMap<>(micros);
    all.putAll(other.micros);
    return new CpuCurve(device, all, noise.and(other.noise));
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
    return new CpuCurve(device, sums, noise.and(other.noise));
  }
}
