// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import picocli.CommandLine.Command;

/** {@code fabriq xclbin}. */
@Command(
    name = "xclbin",
    mixinStandardHelpOptions = true,
    description =
        "Build, check and describe xclbins, the files that XRT loads: kernels, and what computes"
            + " them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      XclbinBuildCommand.class,
      XclbinPackCommand.class,
      XclbinDescribeCommand.class,
      XclbinInfoCommand.class,
      XclbinVerifyCommand.class
    })
final class XclbinCommand {}
