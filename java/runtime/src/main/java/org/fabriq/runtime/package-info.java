// SPDX-License-Identifier: Apache-2.0
/**
 * Devices that multiply matrices, opened by address: {@link org.fabriq.runtime.Device} is the way
 * in.
 *
 * <pre>{@code
 * try (Device device = Device.open("emulation");
 *     MatmulKernel kernel = device.matmul(KernelType.I8I8);
 *     PreparedWeights weights = kernel.prepare(quantizedWeights)) {
 *   kernel.multiply(activations, weights, output);
 * }
 * }</pre>
 *
 * <p>A device may be shared by threads. Whoever adds a kind of device implements {@link
 * org.fabriq.runtime.DeviceProvider} and {@link org.fabriq.runtime.Backend}; everything that all
 * devices promise (checks, lifetimes, deadlines) stands above them once.
 */
package org.fabriq.runtime;
