// SPDX-License-Identifier: Apache-2.0
/**
 * Plans integer networks as programs of the kernel {@code network_i8}, which runs a whole network
 * in one launch: what each layer is there, where it lies, what it costs, and the image that the
 * kernel reads. {@code ReferenceOverlay} runs such an image by its definition.
 */
package org.fabriq.overlay;
