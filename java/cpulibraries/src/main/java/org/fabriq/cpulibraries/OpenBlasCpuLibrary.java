// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.runtime.CpuArithmetic;
import org.fabriq.runtime.CpuLibrary;

/** {@code cpu:openblas}: OpenBLAS' sgemm; int8 through it, exactly. */
public final class OpenBlasCpuLibrary implements CpuLibrary {
  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public String summary() {
    return "OpenBLAS, sgemm; options: threads (1)";
  }

  @Override
  public boolean multithreaded() {
    return true;
  }

  @Override
  public CpuArithmetic open(int threads) {
    LibraryLoading.load("cpu:openblas", OpenBlasArithmetic::load);
    return new OpenBlasArithmetic(threads);
  }
}
