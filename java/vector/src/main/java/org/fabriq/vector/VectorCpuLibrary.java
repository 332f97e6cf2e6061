// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import org.fabriq.runtime.CpuArithmetic;
import org.fabriq.runtime.CpuLibrary;
import org.fabriq.runtime.DeviceUnavailableException;

/** {@code cpu:vector}: the JDK's Vector API, where the JVM was started with it. */
public final class VectorCpuLibrary implements CpuLibrary {
  static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String summary() {
    return "the JDK's Vector API; exact";
  }

  @Override
  public boolean multithreaded() {
    return false;
  }

  @Override
  public CpuArithmetic open(int threads) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new DeviceUnavailableException(
          ("cpu:vector needs the JVM's module %s, an incubating one; start with"
                  + " JAVA_TOOL_OPTIONS=--add-modules=%s")
              .formatted(MODULE, MODULE));
    }
    return new VectorArithmetic();
  }
}
