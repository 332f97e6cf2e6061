// SPDX-License-Identifier: Apache-2.0
/**
 * Images, the xclbin files that XRT loads: {@link org.fabriq.image.ImageBuilder} writes them for
 * emulation, {@link org.fabriq.image.ImageChecker} reads any, from whatever tool, before XRT does.
 *
 * <p>What the kernels look like comes from {@link org.fabriq.image.KernelDescriptor} alone.
 */
package org.fabriq.image;
