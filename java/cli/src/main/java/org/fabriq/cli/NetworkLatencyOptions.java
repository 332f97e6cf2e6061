// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.plan.Launch;
import picocli.CommandLine.Option;

/** The options of {@code fabriq latency} that are about whole networks. */
final class NetworkLatencyOptions {
  static final String NAME = "--networks";

  private static final String QUANTIZE =
      "fabriq quantize --form integer --scheme per-channel:symmetric:8";

  @Option(
      names = NAME,
      split = ",",
      paramLabel = "FILES",
      description =
          "The whole networks of these files are measured instead of layers: integer networks,"
              + " which 'fabriq quantize --form integer' or 'fabriq import' wrote. On the device"
              + " each is launched at once, where the device takes whole networks, and layer by"
              + " layer; on the CPU it is a session of ONNX Runtime, with one thread and with all.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = LaunchOption.NAME,
      split = ",",
      paramLabel = "WAYS",
      defaultValue = "network,layer",
      description =
          "The networks of --networks are launched on the device in these ways: network, layer or"
              + " both. The default is both.")
  private List<Launch> launches;

  /** Whether whole networks are measured. */
  boolean given() {
    return !files.isEmpty();
  }

  /**
   * Opens all networks, before any is measured; by what tables call them, in order.
   *
   * @throws org.fabriq.InvalidArgumentException if a file holds another model, or two have the same
   *     name
   */
  Map<String, IntegerNetwork> open() {
    Map<String, IntegerNetwork> networks = new LinkedHashMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
      if (networks.put(name, IntegerModel.open(file, QUANTIZE)) != null) {
        throw new InvalidArgumentException(
            "%s %s: two files are called %s; name them differently".formatted(NAME, file, name));
      }
    }
    return networks;
  }

  List<Launch> launches() {
    return launches;
  }

  /** Refuses what is about layers, or about networks where there are none. */
  void check(GivenOptions given) {
    given.refuse(
        given(),
        "whole networks are measured, of --networks",
        "leave out one of both",
        "--kernels",
        "--sizes",
        ModelOption.NAME,
        ModelOption.ACTIVATION);
    given.refuse(
        !given(), "layers are measured, each a launch", "give --networks, too", LaunchOption.NAME);
  }
}
