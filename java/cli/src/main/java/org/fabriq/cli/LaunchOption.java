// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.Launch;
import picocli.CommandLine.Option;

/** The option that says how integer networks are launched. */
final class LaunchOption {
  static final String NAME = "--launch";

  @Option(
      names = NAME,
      paramLabel = "WAY",
      description =
          "An integer network is launched layer by layer, or network: whole, or in the parts that"
              + " fit the device. The default is network on devices that take whole networks, with"
              + " layer for the layers that are in no part; network refuses these.")
  private Launch launch;

  /** The way that was asked for; null for the best one. */
  Launch launch() {
    return launch;
  }

  /** Refuses the option where no integer network runs. */
  static void check(GivenOptions given, List<Arithmetic> run) {
    given.refuse(
        !run.contains(Arithmetic.INTEGER),
        "it is for integer networks, and none runs",
        "leave it out, or give the variant integer",
        NAME);
  }
}
