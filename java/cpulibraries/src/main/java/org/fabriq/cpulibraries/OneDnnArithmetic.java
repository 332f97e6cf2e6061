// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import java.nio.file.Path;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic;

/** oneDNN, opened for a number of threads. One engine serves the process and stays. */
final class OneDnnArithmetic implements CpuArithmetic {
  private static engine processor;
  private static OpenMpThreads openMp;
  private static Boolean exactIntegers;

  private final int threads;

  OneDnnArithmetic(int threads) {
    this.threads = threads;
    synchronized (OneDnnArithmetic.class) {
      if (exactIntegers == null) {
        exactIntegers = ExactnessCheck.passes(weights -> OneDnnProduct.ofIntegers(this, weights));
      }
    }
  }

  /** Loads the library once. */
  static synchronized void load() {
    if (processor == null) {
      Path stub = Path.of(Loader.load(dnnl.class));
      openMp = new OpenMpThreads(stub.getParent());
      processor = new engine(engine.kind.cpu, 0);
    }
  }

  engine engine() {
    return processor;
  }

  /** Called before a primitive is made or run. */
  void useThreads() {
    openMp.use(threads);
  }

  @Override
  public String description() {
    useThreads();
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN %d.%d.%d, %s, f32 %s, int8 %s, %d thread%s"
        .formatted(
            version.major(),
            version.minor(),
            version.patch(),
            dnnl.get_effective_cpu_isa(),
            OneDnnProduct.implementation(this, false),
            exactIntegers
                ? OneDnnProduct.implementation(this, true)
                : "as f32 (s8s8 saturates on this processor)",
            threads,
            threads == 1 ? "" : "s");
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Product prepare(MatmulWeights weights) {
    if (weights instanceof WeightsI8I8 integer) {
      return exactIntegers
          ? OneDnnProduct.ofIntegers(this, integer)
          : new IntegersAsFloats(integer, piece -> OneDnnProduct.ofFloats(this, piece));
    }
    return OneDnnProduct.ofFloats(this, weights);
  }
}
