// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

/** The two parts of MNIST. */
public enum Split {
  /** 60,000 images to train and to calibrate with. */
  TRAIN("train"),
  /** 10,000 images to measure with. */
  TEST("t10k");

  private final String prefix;

  Split(String prefix) {
    this.prefix = prefix;
  }

  /** How the names of its files begin. */
  String prefix() {
    return prefix;
  }
}
