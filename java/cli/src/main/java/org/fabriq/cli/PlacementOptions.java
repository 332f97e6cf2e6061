// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Set;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Model;
import org.fabriq.plan.Launch;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose the device and the layers it computes. */
final class PlacementOptions {
  private static final String BATCH = "--batch";

  @Mixin private DeviceOption device;

  @Mixin private TraceOptions trace;

  @Mixin private LaunchOption launch;

  @Option(
      names = "--offload",
      paramLabel = "LAYERS",
      description =
          "These layers run on the device: numbers from 1, as 1,3, or all. The others stay in fp32"
              + " on the CPU. The default is 2, or the only layer; those with codes of a quantized"
              + " network; and all of an integer network.")
  private String offload;

  @Option(
      names = BATCH,
      paramLabel = "M",
      defaultValue = "64",
      description = "Each dispatch takes M images. The default is ${DEFAULT-VALUE}.")
  private int batch;

  /** The address, with what is asked of its simulation. */
  String device() {
    return trace.address(device.address());
  }

  /** The way that was asked for; null for the best one. */
  Launch launch() {
    return launch.launch();
  }

  int batch() {
    BatchLimit.check(BATCH, batch);
    return batch;
  }

  /** The names of the layers on the device. */
  Set<String> layers(Model model) {
    List<String> names = Placements.weightedLayers(model);
    if (offload != null) {
      return LayerNames.chosen(names, "--offload", offload);
    }
    if (names.isEmpty() || model instanceof IntegerNetwork) {
      return Set.copyOf(names);
    }
    Set<String> codes = WorkloadOptions.network(model).weights().keySet();
    return codes.isEmpty() ? Set.of(names.get(Math.min(1, names.size() - 1))) : codes;
  }
}
