// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import picocli.CommandLine.Command;

/** {@code fabriq xclbin}. */
@Command(
    name = "xclbin",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      XclbinBuildCommand.class,
      XclbinPackCommand.class,
      XclbinDescribeCommand.class,
      XclbinInfoCommand.class,
      XclbinVerifyCommand.class
    },
    description = {
      "Build, check and describe xclbins, the files that XRT loads.",
      "An xclbin holds kernels, and what computes them: a bitstream for a board, "
          + "or a program for an emulation."
    },
    footer = {
      "Build an xclbin for the emulation of hardware:",
      "  fabriq xclbin build --target hw_emu --out kernels.xclbin",
      "Check it and show what is in it:",
      "  fabriq xclbin info kernels.xclbin"
    })
final class XclbinCommand {}
