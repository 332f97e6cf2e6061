// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.fabriq.runtime.DeviceException;

/** Opens and closes sessions of ONNX Runtime, whose failures are those of a device. */
final class OnnxSessions {
  private OnnxSessions() {}

  /**
   * Opens a session.
   *
   * @param threads cores for one run
   * @throws DeviceException if ONNX Runtime does not take the model
   */
  static OrtSession open(OrtEnvironment environment, byte[] model, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      return environment.createSession(model, options);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static DeviceException failed(OrtException e) {
    return new DeviceException("ONNX Runtime failed: " + e.getMessage());
  }
}
