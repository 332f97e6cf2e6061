// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

/**
 * How a network classified test images.
 *
 * @param correct images whose class is their label
 * @param agreeing images whose class is that of fp32
 */
record Score(int images, int correct, int agreeing) {
  double accuracy() {
    return (double) correct / images;
  }

  double agreement() {
    return (double) agreeing / images;
  }
}
