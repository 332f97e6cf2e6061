// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

/**
 * What a model file holds: a {@link Network} in fp32, a {@link QuantizedNetwork}, or an {@link
 * org.fabriq.integer.IntegerNetwork}.
 */
public interface Model {
  /** The shape of an input sample. */
  SampleShape input();

  /** The shape of what it makes of a sample, in fp32. */
  SampleShape output();
}
