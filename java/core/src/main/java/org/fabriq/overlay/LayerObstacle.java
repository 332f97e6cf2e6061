// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * Why a layer of an integer network is none of the overlay's, whatever the target.
 *
 * @param layer its name
 * @param type the word for its type
 */
record LayerObstacle(String layer, String type, String reason) {
  @Override
  public String toString() {
    return "layer %s (%s): %s".formatted(layer, type, reason);
  }
}
