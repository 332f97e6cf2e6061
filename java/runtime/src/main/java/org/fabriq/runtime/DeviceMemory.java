// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/**
 * What the memory of a device holds at one moment: buffers of weights and of runs, and buffers that
 * are kept to be used again. A program that goes round in circles reaches a constant count.
 *
 * @param buffers number of buffers; 0 for devices that compute in Java
 * @param bytes of them together
 */
public record DeviceMemory(long buffers, long bytes) {}
