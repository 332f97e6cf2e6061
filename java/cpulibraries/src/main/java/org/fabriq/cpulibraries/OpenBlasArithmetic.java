// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic;

/**
 * OpenBLAS, opened for a number of threads; the library has one number for the process, which each
 * multiplication sets where it differs.
 *
 * <p>OpenBLAS chooses its kernels by processor name and takes AVX2 ones on AVX-512 processors it
 * does not know, two to three times slower. Where it is loaded here first, environment variable
 * OPENBLAS_CORETYPE is set to SkylakeX on such processors, unless it is set already.
 */
final class OpenBlasArithmetic implements CpuArithmetic {
  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";
  private static final String AVX512_CORE = "SkylakeX";
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static NativeLibrary library;
  private static Function setNumThreads;
  private static volatile int current;

  private final int threads;

  OpenBlasArithmetic(int threads) {
    this.threads = threads;
  }

  /** Loads the library once. */
  static synchronized void load() {
    if (library == null) {
      if (hasAvx512() && System.getenv(CORE_TYPE) == null) {
        NativeLibrary.getInstance("c")
            .getFunction("setenv")
            .invokeInt(new Object[] {CORE_TYPE, AVX512_CORE, 0});
      }
      Path stub = Path.of(Loader.load(openblas_nolapack.class));
      NativeLibrary loaded =
          NativeLibrary.getInstance(stub.resolveSibling("libopenblas_nolapack.so.0").toString());
      setNumThreads = loaded.getFunction("openblas_set_num_threads");
      library = loaded;
    }
  }

  private static boolean hasAvx512() {
    try {
      return Files.exists(PROCESSORS) && Files.readString(PROCESSORS).contains(" avx512vl ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Called before a multiplication. */
  void useThreads() {
    if (current != threads) {
      synchronized (OpenBlasArithmetic.class) {
        setNumThreads.invokeVoid(new Object[] {threads});
        current = threads;
      }
    }
  }

  @Override
  public String description() {
    return "%s, f32 sgemm, int8 as f32, %d thread%s"
        .formatted(
            library.getFunction("openblas_get_config").invokeString(new Object[0], false).strip(),
            threads,
            threads == 1 ? "" : "s");
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Product prepare(MatmulWeights weights) {
    return weights instanceof WeightsI8I8 integer
        ? new IntegersAsFloats(integer, piece -> new OpenBlasProduct(this, piece))
        : new OpenBlasProduct(this, weights);
  }
}
