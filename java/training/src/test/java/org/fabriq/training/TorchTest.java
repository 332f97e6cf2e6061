// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that compute in PyTorch. */
abstract class TorchTest {
  static Engine engine;
  static NDManager manager;

  @BeforeAll
  static void start() {
    engine = TorchEngine.start(Path.of(System.getProperty("fabriq.training.cache")));
    manager = engine.newBaseManager();
  }

  @AfterAll
  static void stop() {
    manager.close();
  }

  /** The values of a tensor in PyTorch. */
  static NDArray array(Float32Tensor tensor) {
    return manager.create(tensor.toArray(), TrainedWeights.shape(tensor.shape()));
  }
}
