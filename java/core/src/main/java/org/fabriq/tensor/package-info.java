// SPDX-License-Identifier: Apache-2.0
/**
 * Dense tensors over direct memory, which native code and devices read in place.
 *
 * <p>Matrices have the same letters everywhere: A is M x K (activations), B is K x N (weights as a
 * kernel sees them), C is M x N. A layer's own weight tensor W is N x K, so C = A * transpose(W).
 */
package org.fabriq.tensor;
