// SPDX-License-Identifier: Apache-2.0
package org.fabriq.bridge;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Tells JavaCPP how to turn {@code fabriq/fabriq.h} into {@link Fabriq} and the four handle
 * classes. The build runs it; programs use {@link org.fabriq.runtime.Device}.
 */
@Properties(
    target = "org.fabriq.bridge.Fabriq",
    value = @Platform(include = "fabriq/fabriq.h", link = "fabriq"))
public class BridgeConfiguration implements InfoMapper {
  /** Called by JavaCPP's parser. */
  @Override
  public void map(InfoMap info) {
    info.put(new Info("FABRIQ_API").cppTypes().annotations());
    info.put(new Info("fabriq_status").cast().valueTypes("int"));
    info.put(new Info("fabriq_device").pointerTypes("DeviceHandle"));
    info.put(new Info("fabriq_weights").pointerTypes("WeightsHandle"));
    info.put(new Info("fabriq_network").pointerTypes("NetworkHandle"));
    info.put(new Info("fabriq_run").pointerTypes("RunHandle"));
  }
}
