// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.ReferenceMatmul;
import org.fabriq.kernel.SumOrderBound;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Problem;
import org.fabriq.testing.ProblemList;

/**
 * A problem of the shared list for one kernel, with the reference's result.
 *
 * @param expected C of {@link ReferenceMatmul}
 */
record ContractCase(
    KernelType type, String name, Tensor a, MatmulWeights weights, Tensor expected) {
  /** Every problem for every kernel that takes it, made once. */
  static final List<ContractCase> ALL = all();

  private static List<ContractCase> all() {
    List<ContractCase> cases = new ArrayList<>();
    for (Problem problem : ProblemList.read()) {
      for (KernelType type : KernelType.values()) {
        if (problem.serves(type)) {
          cases.add(of(type, problem));
        }
      }
    }
    return List.copyOf(cases);
  }

  private static ContractCase of(KernelType type, Problem problem) {
    Tensor a = problem.a(type);
    MatmulWeights weights = problem.weights(type);
    Tensor expected = Tensor.allocate(weights.output().type(), problem.m(), problem.n());
    ReferenceMatmul.multiply(a, weights, expected);
    return new ContractCase(type, problem.line(), a, weights, expected);
  }

  /**
   * About what the larger of the kernels in SystemVerilog take: tiles of 8 x 64, 8 cycles per k.
   */
  long simulatedCycles() {
    long tiles = (a.rows() + 7) / 8 * ((weights.n() + 63L) / 64);
    return 8 * tiles * weights.k();
  }

  /** A tensor for C that holds something else than the result. */
  Tensor output() {
    Tensor c = Tensor.allocate(expected.type(), expected.rows(), expected.columns());
    for (int i = 0; i < c.memory().limit(); i++) {
      c.memory().put(i, (byte) 0x5a);
    }
    return c;
  }

  /** Elements of a device's C that are wrong: by a bit, or by more than a reordered sum may be. */
  int mismatches(Device device, Tensor c) {
    return device.exact()
        ? c.mismatches(expected)
        : SumOrderBound.violations(a, weights, expected, c);
  }

  @Override
  public String toString() {
    return type + " " + name;
  }
}
