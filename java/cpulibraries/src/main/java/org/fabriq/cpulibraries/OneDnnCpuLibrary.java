// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.runtime.CpuArithmetic;
import org.fabriq.runtime.CpuLibrary;

/** {@code cpu:onednn}: oneDNN's matmul primitive, fp32 and s8 x s8. */
public final class OneDnnCpuLibrary implements CpuLibrary {
  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String summary() {
    return "Intel's oneDNN, f32 and s8s8; options: threads (1)";
  }

  @Override
  public boolean multithreaded() {
    return true;
  }

  @Override
  public CpuArithmetic open(int threads) {
    LibraryLoading.load("cpu:onednn", OneDnnArithmetic::load);
    return new OneDnnArithmetic(threads);
  }
}
