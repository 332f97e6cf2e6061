// SPDX-License-Identifier: Apache-2.0
/**
 * Xclbins, the files that XRT loads: {@link org.fabriq.xclbin.XclbinBuilder} writes them for
 * emulation, {@link org.fabriq.xclbin.XclbinChecker} reads any, from whatever tool, before XRT
 * does.
 *
 * <p>What the kernels look like comes from {@link org.fabriq.xclbin.KernelDescriptor} alone.
 */
package org.fabriq.xclbin;
