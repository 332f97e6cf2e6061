// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Set;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Mlp;
import picocli.CommandLine.Option;

/** Options that choose the device and the layers it computes. */
final class PlacementOptions {
  private static final int MAX_BATCH = 65_536;

  @Option(
      names = "--device",
      paramLabel = "ADDRESS",
      defaultValue = "emulation",
      description = "Device, see 'fabriq devices'. Default: ${DEFAULT-VALUE}.")
  private String device;

  @Option(
      names = "--trace",
      paramLabel = "FILE.fst",
      description =
          "Write the waveforms of simulated kernels (xrt:hw_emu, opencl:hw_emu) to this file.")
  private Path trace;

  @Option(
      names = "--place",
      paramLabel = "LAYERS",
      defaultValue = "2",
      description =
          "Layers on the device: numbers from 1, as 1,3, or all. The others stay fp32 on the CPU."
              + " Default: ${DEFAULT-VALUE}.")
  private String place;

  @Option(
      names = "--batch",
      paramLabel = "M",
      defaultValue = "64",
      description = "Images per dispatch. Default: ${DEFAULT-VALUE}.")
  private int batch;

  String device() {
    if (trace == null) {
      return device;
    }
    if (!device.matches("(xrt|opencl):.*")) {
      throw new InvalidArgumentException(
          "--trace: %s simulates no kernels; give --device xrt:hw_emu too, or leave --trace out"
              .formatted(device));
    }
    String file = trace.toAbsolutePath().toString();
    if (file.matches(".*[?&].*")) {
      throw new InvalidArgumentException(
          "--trace '%s' has a ? or & in its path; name another file".formatted(file));
    }
    return device + (device.contains("?") ? "&" : "?") + "trace=" + file;
  }

  int batch() {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new InvalidArgumentException("--batch %d is outside 1..%d".formatted(batch, MAX_BATCH));
    }
    return batch;
  }

  /** Indices, from 0, of the layers on the device. */
  Set<Integer> layers(Mlp model) {
    return LayerList.parse(place, model.layers().size());
  }
}
