// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

/** Says where the layers with weights are computed. */
@FunctionalInterface
public interface Placement<T> {
  /** The place of the layer of this name. */
  T of(String layer);
}
