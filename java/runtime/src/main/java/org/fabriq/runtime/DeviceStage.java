// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** The stages of a run that a device tells; the order is that of the C ABI's timing array. */
public enum DeviceStage {
  /** Packing A into device rows. */
  PACK,
  /** Transfer of A. */
  HOST_TO_DEVICE,
  /** From the start request until the kernel begins. */
  LAUNCH,
  /** The kernel's own time. */
  KERNEL,
  /** Transfer of C, and unpacking it. */
  DEVICE_TO_HOST,
  /** From entering the device's code until its return. */
  TOTAL
}
