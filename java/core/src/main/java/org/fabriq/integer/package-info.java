// SPDX-License-Identifier: Apache-2.0
/**
 * Networks in integers: from int8 codes of the input to int32 logits, with no floating point
 * between. What they are, how they are made of a {@link org.fabriq.model.Network}, their file form,
 * and their definition as slow and obvious code; devices run them through {@code GraphPlan} of the
 * runtime.
 */
package org.fabriq.integer;
