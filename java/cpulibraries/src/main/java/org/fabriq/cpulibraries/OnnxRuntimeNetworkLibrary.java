// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.runtime.DeviceUnavailableException;
import org.fabriq.runtime.NetworkLibrary;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.tensor.Int8Tensor;

/**
 * ONNX Runtime: a network in one session, with the graph optimizations that it makes by default.
 */
public final class OnnxRuntimeNetworkLibrary implements NetworkLibrary {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String form() {
    return "ONNX";
  }

  @Override
  public boolean isAvailable() {
    try {
      load();
      return true;
    } catch (DeviceUnavailableException e) {
      return false;
    }
  }

  private static void load() {
    LibraryLoading.load("onnxruntime", OnnxRuntimeArithmetic::load);
  }

  @Override
  public NetworkSession open(byte[] model, Int8Tensor images, int threads) {
    load();
    return new OnnxNetworkSession(OnnxRuntimeArithmetic.environment(), model, images, threads);
  }
}
