// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import org.fabriq.plan.LayerTimes;
import org.fabriq.runtime.DeviceStage;
import org.fabriq.runtime.StageTimes;

/**
 * The parts of one dispatch of a layer, from fp32 inputs to fp32 outputs; they add up to it. A
 * device or kernel need not have all of them.
 */
public enum DispatchStage {
  /** Encoding activations as int8, where the kernel takes int8. */
  QUANTIZE("quantize"),
  /** Crossing from Java to the device's code and back. */
  BRIDGE("bridge"),
  /** Packing A into the device's rows. */
  PACK("pack"),
  /** Moving A to the device, where that has memory of its own. */
  HOST_TO_DEVICE("host-to-device"),
  /** From the start request until the kernel begins. */
  LAUNCH("launch"),
  /** The kernel's own time. */
  KERNEL("kernel"),
  /** Moving C back and unpacking it. */
  DEVICE_TO_HOST("device-to-host"),
  /** Reading integers back as fp32, where the kernel writes integers. */
  DEQUANTIZE("dequantize"),
  /** What is left: checks, waking threads. */
  REST("rest");

  private final String label;

  DispatchStage(String label) {
    this.label = label;
  }

  /** The name in tables and files. */
  public String label() {
    return label;
  }

  /** Nanoseconds of this part, or -1 where the device does not have it. */
  long nanos(LayerTimes times) {
    StageTimes stages = times.stages();
    return switch (this) {
      case QUANTIZE -> times.quantizeNanos();
      case BRIDGE -> stages.bridgeNanos();
      case PACK -> stages.nanos(DeviceStage.PACK);
      case HOST_TO_DEVICE -> stages.nanos(DeviceStage.HOST_TO_DEVICE);
      case LAUNCH -> stages.nanos(DeviceStage.LAUNCH);
      case KERNEL -> stages.nanos(DeviceStage.KERNEL);
      case DEVICE_TO_HOST -> stages.nanos(DeviceStage.DEVICE_TO_HOST);
      case DEQUANTIZE -> times.dequantizeNanos();
      case REST -> rest(times);
    };
  }

  private static long rest(LayerTimes times) {
    long rest = times.totalNanos();
    for (DispatchStage stage : values()) {
      rest -= stage == REST ? 0 : Math.max(0, stage.nanos(times));
    }
    return Math.max(0, rest);
  }
}
