// SPDX-License-Identifier: Apache-2.0
/**
 * The matrix multiplications C = A * B in their three types, their weights, and two implementations
 * in Java that agree bit for bit: {@link org.fabriq.kernel.ReferenceMatmul}, slow and obvious, and
 * {@link org.fabriq.kernel.JavaMatmul}, fast.
 */
package org.fabriq.kernel;
