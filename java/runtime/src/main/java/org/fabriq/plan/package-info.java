// SPDX-License-Identifier: Apache-2.0
/**
 * From a model to runs: how each layer is quantized ({@link org.fabriq.plan.LayerKernel}), on which
 * device it is placed ({@link org.fabriq.plan.LayerStep}), and the network as a sequence of them
 * ({@link org.fabriq.plan.InferencePlan}).
 */
package org.fabriq.plan;
