// SPDX-License-Identifier: Apache-2.0
package org.fabriq.tensor;

import java.util.Locale;

/** What an element of a {@link Tensor} is. */
public enum DataType {
  /** IEEE-754 binary32. */
  FLOAT32(4),
  /** Two's complement, 8 bits. */
  INT8(1),
  /** Two's complement, 32 bits. */
  INT32(4);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The word for people, as {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
