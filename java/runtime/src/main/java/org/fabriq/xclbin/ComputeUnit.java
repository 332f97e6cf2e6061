// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.ArrayList;
import java.util.List;

/**
 * One instance of a kernel in an xclbin.
 *
 * @param kernel what it is an instance of
 * @param name as {@code matmul_i8i8_1}
 * @param baseAddress of its register map
 */
record ComputeUnit(KernelDescriptor kernel, String name, long baseAddress) {
  /** Bytes of register map, and from one instance to the next. */
  static final int RANGE = 0x10000;

  /** Where the first lies in emulation. */
  static final long EMULATION_BASE = 0x1800000;

  /** So many instances of each kernel, kernel by kernel, at ascending addresses from the base. */
  static List<ComputeUnit> layOut(List<KernelDescriptor> kernels, int instances, long base) {
    List<ComputeUnit> units = new ArrayList<>();
    for (KernelDescriptor kernel : kernels) {
      for (int i = 1; i <= instances; i++) {
        units.add(
            new ComputeUnit(kernel, kernel.name() + "_" + i, base + (long) units.size() * RANGE));
      }
    }
    return units;
  }

  /** As IP_LAYOUT has it. */
  String qualifiedName() {
    return kernel.name() + ":" + name;
  }
}
