// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.engine.Engine;
import java.nio.file.Path;

/**
 * Starts PyTorch inside this JVM: from the class path, without network, on one thread, so that a
 * training repeats bit for bit on the same kind of processor.
 */
final class TorchEngine {
  static final String NAME = "PyTorch";

  private TorchEngine() {}

  /**
   * Loads the engine at the first call, some seconds; later calls return the same engine and ignore
   * the folder.
   *
   * @param cache folder, made if missing, that the native library (400 MB) is unpacked to and kept
   */
  static Engine start(Path cache) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("DJL_CACHE_DIR", cache.toString());
    System.setProperty("ENGINE_CACHE_DIR", cache.toString());
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    return Engine.getEngine(NAME);
  }
}
