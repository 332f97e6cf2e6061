// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.FloatBuffer;
import org.fabriq.tensor.Float32Tensor;

/** What a layer applies to each of its outputs. NaN stays NaN. */
public enum Activation {
  /** The identity. */
  NONE {
    @Override
    float apply(float x) {
      return x;
    }
  },
  /** tanh, of {@link StrictMath} narrowed to fp32: the same bits on every machine. */
  TANH {
    @Override
    float apply(float x) {
      return (float) StrictMath.tanh(x);
    }

    @Override
    public void apply(Float32Tensor values) {
      Tanh.apply(values.floats(), values.size());
    }
  },
  /** The greater of x and +0. */
  RELU {
    @Override
    float apply(float x) {
      return Math.max(0f, x);
    }
  },
  /** 1 / (1 + exp(-x)), in double by {@link StrictMath}, narrowed to fp32. */
  SIGMOID {
    @Override
    float apply(float x) {
      return (float) (1 / (1 + StrictMath.exp(-(double) x)));
    }
  };

  abstract float apply(float x);

  /** Overwrites each element with its activation. */
  public void apply(Float32Tensor values) {
    if (this == NONE) {
      return;
    }
    FloatBuffer floats = values.floats();
    for (int i = 0; i < values.size(); i++) {
      floats.put(i, apply(floats.get(i)));
    }
  }
}
