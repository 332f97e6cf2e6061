// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Locale;

/** How the kernel computes a layer; the order is that of the record's {@code kind}. */
public enum LayerKind {
  /** Each output sees all channels: convolutions and dense layers. */
  CONVOLUTION,
  /** Each output sees its own channel: depthwise convolutions and average pooling. */
  DEPTHWISE,
  /** The greatest code of a window; over one pixel, what only moves codes. */
  MAX_POOL;

  /** What tables call it, as {@code max-pool}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
