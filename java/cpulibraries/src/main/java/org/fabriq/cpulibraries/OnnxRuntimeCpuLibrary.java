// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.runtime.CpuArithmetic;
import org.fabriq.runtime.CpuLibrary;

/** {@code cpu:onnxruntime}: ONNX Runtime's MatMul and MatMulInteger. */
public final class OnnxRuntimeCpuLibrary implements CpuLibrary {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String summary() {
    return "ONNX Runtime, f32 and u8s8; options: threads (1)";
  }

  @Override
  public boolean multithreaded() {
    return true;
  }

  @Override
  public CpuArithmetic open(int threads) {
    LibraryLoading.load("cpu:onnxruntime", OnnxRuntimeArithmetic::load);
    return new OnnxRuntimeArithmetic(threads);
  }
}
