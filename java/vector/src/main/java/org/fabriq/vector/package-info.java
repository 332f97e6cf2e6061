// SPDX-License-Identifier: Apache-2.0
/**
 * The device {@code cpu:vector}: matrix multiplication on {@code jdk.incubator.vector}. Only {@link
 * org.fabriq.vector.VectorCpuLibrary} loads where the JVM was started without that module.
 */
package org.fabriq.vector;
