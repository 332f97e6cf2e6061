// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import picocli.CommandLine.Command;

/** {@code fabriq image}. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    description =
        "Build images (xclbin files) for emulation; look into, and describe, images of any tool.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ImageBuildCommand.class,
      ImagePackCommand.class,
      ImageDescribeCommand.class,
      ImageInfoCommand.class,
      ImageVerifyCommand.class
    })
final class ImageCommand {}
