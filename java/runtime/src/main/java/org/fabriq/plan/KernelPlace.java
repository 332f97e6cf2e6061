// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.runtime.Device;

/** What computes a layer with weights, and where. */
public record KernelPlace(LayerKernel kernel, Device device) {}
