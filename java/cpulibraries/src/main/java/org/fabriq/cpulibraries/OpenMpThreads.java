// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number of threads GNU OpenMP gives to parallel regions; it keeps one for each caller. */
final class OpenMpThreads {
  private static final String LIBRARY = "libgomp.so.1";

  private final Function setNumThreads;
  private final ThreadLocal<int[]> current = ThreadLocal.withInitial(() -> new int[1]);

  /**
   * Finds the loaded library.
   *
   * @param folder where JavaCPP unpacked it; else the system's
   */
  OpenMpThreads(Path folder) {
    Path unpacked = folder.resolve(LIBRARY);
    setNumThreads =
        NativeLibrary.getInstance(Files.exists(unpacked) ? unpacked.toString() : LIBRARY)
            .getFunction("omp_set_num_threads");
  }

  /** Makes the calling thread's next regions use so many; costs nothing if they do already. */
  void use(int threads) {
    int[] known = current.get();
    if (known[0] != threads) {
      setNumThreads.invokeVoid(new Object[] {threads});
      known[0] = threads;
    }
  }
}
