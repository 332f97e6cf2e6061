// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/** What a layer applies to each of its outputs. NaN stays NaN. */
public enum Activation {
  /** The identity. */
  NONE {
    @Override
    double value(double x) {
      return x;
    }
  },
  /** tanh, of {@link StrictMath} narrowed to fp32: the same bits on every machine. */
  TANH {
    @Override
    double value(double x) {
      return StrictMath.tanh(x);
    }

    @Override
    public void apply(Float32Tensor values) {
      Tanh.apply(values.floats(), values.size());
    }
  },
  /** The greater of x and +0. */
  RELU {
    @Override
    double value(double x) {
      return Math.max(0, x);
    }
  },
  /** 1 / (1 + exp(-x)), in double by {@link StrictMath}, narrowed to fp32. */
  SIGMOID {
    @Override
    double value(double x) {
      return 1 / (1 + StrictMath.exp(-x));
    }
  };

  /** What files and options call it, as {@code relu}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The function that a {@link #word} names.
   *
   * @throws InvalidArgumentException if it names none
   */
  public static Activation of(String word) {
    for (Activation activation : values()) {
      if (activation.word().equals(word)) {
        return activation;
      }
    }
    throw new InvalidArgumentException(
        "'%s' is no activation function; there are %s".formatted(word, words()));
  }

  /**
   * The function of a file's layers, where the file may say it and its reader may ask for one.
   *
   * @param file what errors are to call it
   * @param stated what the file says, or null where it does not
   * @param asked what the reader asks for, or null for what the file says
   * @throws InvalidArgumentException if neither says one, or they differ
   */
  public static Activation agreed(String file, Activation stated, Activation asked) {
    if (stated == null && asked == null) {
      throw new InvalidArgumentException(
          ("%s does not say what its layers but the last apply; give --activation with one of %s"
                  + " (the lab's weights and those that FabriQ ships use tanh)")
              .formatted(file, words()));
    }
    if (stated == null) {
      return asked;
    }
    requireSame(file, stated.word(), asked);
    return stated;
  }

  /**
   * Refuses to ask for another function than a file says.
   *
   * @param stated the words of all functions in the file
   * @param asked what its reader asks for, or null for what the file says
   * @throws InvalidArgumentException if they differ
   */
  public static void requireSame(String file, String stated, Activation asked) {
    if (asked != null && !asked.word().equals(stated)) {
      throw new InvalidArgumentException(
          "--activation %s contradicts %s, which says %s; leave --activation out"
              .formatted(asked.word(), file, stated));
    }
  }

  private static String words() {
    return Arrays.stream(values()).map(Activation::word).collect(Collectors.joining(", "));
  }

  /** The function, in double. */
  abstract double value(double x);

  /** Overwrites each element with its activation. */
  public void apply(Float32Tensor values) {
    if (this == NONE) {
      return;
    }
    FloatBuffer floats = values.floats();
    for (int i = 0; i < values.size(); i++) {
      floats.put(i, (float) value(floats.get(i)));
    }
  }
}
