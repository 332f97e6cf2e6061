// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

/** How the layers of an integer network are started on devices. */
public enum Launch {
  /** One by one: each layer with weights is a launch, and the host computes the others. */
  LAYER,
  /** Whole networks, or the parts of them that fit, each a launch for a batch. */
  NETWORK
}
