// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print the script by which bash and zsh complete commands, options and their values.",
      "It is for both shells, which run it when they start. The archive holds it as"
          + " completion/fabriq.sh."
    },
    footer = {
      "Write a file for a shell to run by 'source fabriq.sh' when it starts:",
      "  fabriq completion --out fabriq.sh",
      "Let bash complete them from now on, with Debian's package bash-completion:",
      "  fabriq completion --out ~/.local/share/bash-completion/completions/fabriq"
    })
final class CompletionCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The script is written to this file instead.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String script = CompletionScript.of(spec.root().commandLine());
    if (file == null) {
      out.print(script);
    } else {
      CommandFiles.writeText(file, script);
      out.printf("written: %s%n", file);
    }
    out.flush();
    return ExitCode.OK;
  }
}
