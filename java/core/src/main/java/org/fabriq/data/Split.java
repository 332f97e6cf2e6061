// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

/** Names the two parts of a data set. */
public enum Split {
  /** Serves to train and to calibrate with; 60,000 images of MNIST. */
  TRAIN,
  /** Serves to measure with; 10,000 images of MNIST. */
  TEST
}
