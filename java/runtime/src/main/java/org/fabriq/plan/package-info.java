// SPDX-License-Identifier: Apache-2.0
/**
 * From a network to runs: how each layer is made ready for a kernel ({@link
 * org.fabriq.plan.LayerKernel}), on which device it is placed ({@link
 * org.fabriq.plan.KernelPlace}), and the network as a sequence of steps over buffers ({@link
 * org.fabriq.plan.NetworkPlan}), of which some are whole networks in one launch ({@link
 * org.fabriq.plan.Launch}).
 */
package org.fabriq.plan;
