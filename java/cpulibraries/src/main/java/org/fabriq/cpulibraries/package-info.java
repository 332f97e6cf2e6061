// SPDX-License-Identifier: Apache-2.0
/**
 * The libraries that a fair comparison has to beat, as devices: {@code cpu:onednn}, {@code
 * cpu:openblas} and {@code cpu:onnxruntime}. Not needed to run anything; leave the module out where
 * space counts. fp32 lies within {@link org.fabriq.kernel.SumOrderBound} of the definition, int8 is
 * exact.
 */
package org.fabriq.cpulibraries;
