// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.List;
import org.fabriq.kernel.CodeWidth;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.tensor.Tensor;

/**
 * One line of the problem list, whose head defines the grammar.
 *
 * @param line the text it was read from
 * @param randomZeroB zero points of B are drawn per column; zeroB is of no effect
 * @param raw int32 output
 * @param width of a code of B
 */
public record Problem(
    String line,
    int m,
    int k,
    int n,
    String data,
    int zeroA,
    int zeroB,
    boolean randomZeroB,
    int zeroC,
    int clampMin,
    int clampMax,
    boolean raw,
    boolean bias,
    CodeWidth width,
    long seed) {
  private static final List<String> KINDS =
      List.of("random", "minimum", "ties", "saturate", "zeros", "alternating", "special");

  static Problem parse(String line) {
    String[] words = line.trim().split("\\s+");
    if (words.length < 4 || !KINDS.contains(words[3])) {
      throw new IllegalArgumentException("expected `M K N data`, found `" + line + "`");
    }
    ProblemOptions options = new ProblemOptions(List.of(words).subList(4, words.length));
    String zeroB = options.text("zero_b", "0");
    String[] clamp = options.text("clamp", "-128..127").split("\\.\\.");
    Problem problem =
        new Problem(
            line.trim(),
            Integer.parseInt(words[0]),
            Integer.parseInt(words[1]),
            Integer.parseInt(words[2]),
            words[3],
            options.integer("zero_a", 0),
            zeroB.equals("random") ? 0 : Integer.parseInt(zeroB),
            zeroB.equals("random"),
            options.integer("zero_c", 0),
            Integer.parseInt(clamp[0]),
            Integer.parseInt(clamp[1]),
            options.oneOf("output", "i8", "i32").equals("i32"),
            options.oneOf("bias", "yes", "no").equals("yes"),
            options.width(),
            options.integer("seed", 1));
    options.checkAllUsed();
    return problem;
  }

  /** Whether the kernel takes this kind of data. */
  public boolean serves(KernelType type) {
    return type != KernelType.I8I8 || !data.equals("special");
  }

  /** A, M x K, drawn from the seed. */
  public Tensor a(KernelType type) {
    return new ProblemData(this).a(type);
  }

  /** B and its column parameters, drawn from the seed. */
  public MatmulWeights weights(KernelType type) {
    return new ProblemData(this).weights(type);
  }

  @Override
  public String toString() {
    return line;
  }
}
