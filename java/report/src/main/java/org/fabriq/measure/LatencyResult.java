// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.List;
import java.util.Map;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.StageTimes.Cycles;

/**
 * What a latency measurement found. Times are microseconds, from a layer's fp32 inputs to its fp32
 * outputs.
 *
 * @param kernel f32f32, f32i8 or i8i8
 * @param k inputs of the layer
 * @param n outputs of the layer
 * @param points one per batch
 */
public record LatencyResult(String kernel, int k, int n, List<Point> points) {

  /**
   * One batch.
   *
   * @param noise why times of this point are not to be trusted, if they are not
   * @param sides the device first, then its opponents
   */
  public record Point(int batch, Noise noise, List<Side> sides) {
    /** The same with all cycles by another clock. */
    public Point at(double megahertz) {
      return new Point(batch, noise, sides.stream().map(side -> side.at(megahertz)).toList());
    }
  }

  /**
   * One device at one batch.
   *
   * @param simulated whether the kernel's wall time is that of a simulation, which says nothing
   *     about the device's speed; cycles do
   * @param samples runs measured
   * @param spread interquartile range of the runs over their median, 0.05 for 5 %
   * @param stages medians of those that device and kernel have; they need not add up to the median
   *     of the whole
   * @param cycles median of the kernel's cycles, -1 where the device cannot tell; they do not
   *     depend on how busy this machine was
   * @param clockMhz the xclbin's clock in megahertz, by which cycles are time; 0 where unknown
   */
  public record Side(
      String address,
      String description,
      boolean simulated,
      long samples,
      double p50,
      double p95,
      double p99,
      double spread,
      Map<DispatchStage, Double> stages,
      long cycles,
      double clockMhz) {
    /** What was measured on a device. */
    static Side of(Device device, LatencySeries series) {
      return of(
          device.address(),
          device.description(),
          device.simulated(),
          series,
          device.clockMhz().orElse(0));
    }

    /** What was measured of something else. */
    static Side of(
        String address,
        String description,
        boolean simulated,
        LatencySeries series,
        double clockMhz) {
      return new Side(
          address,
          description,
          simulated,
          series.count(),
          series.micros(50),
          series.micros(95),
          series.micros(99),
          series.spread(),
          series.stages(),
          series.cycles(Cycles.BUSY),
          clockMhz);
    }

    /** Whether cycles and a clock tell what the kernel takes on the device. */
    public boolean clocked() {
      return cycles >= 0 && clockMhz > 0;
    }

    /** Microseconds of the kernel's cycles at the clock; only where {@link #clocked()}. */
    public double microsAtClock() {
      return cycles / clockMhz;
    }

    /** The same by another clock. */
    public Side at(double megahertz) {
      return new Side(
          address,
          description,
          simulated,
          samples,
          p50,
          p95,
          p99,
          spread,
          stages,
          cycles,
          megahertz);
    }
  }
}
