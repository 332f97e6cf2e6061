// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * Where the kernel puts the images that it is given.
 *
 * @param words of an image, pixel after pixel and in each block after block
 * @param base its first line
 * @param secondBase that of every other image, if there are two places
 * @param pitch lines from one channel block to the next
 */
record ImagePlace(int words, int base, int secondBase, int pitch, int blocks, boolean twice) {
  /** The first line of an image, counted from 0. */
  int base(int image) {
    return twice && image % 2 == 1 ? secondBase : base;
  }
}
