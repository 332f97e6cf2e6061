// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fabriq.testing.ChildJvm;
import picocli.CommandLine;

/** What one run of the command gave, without a terminal. */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(String... arguments) {
    return onTerminal(0, arguments);
  }

  /** A command that was not run yet. */
  static CommandLine command() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return FabriqCommand.commandLine(new Screen(nowhere, nowhere, () -> 0));
  }

  /** A run on a terminal of some columns; 0 is none. */
  static CommandRun onTerminal(int columns, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode;
    try (Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), () -> columns)) {
      exitCode = FabriqCommand.commandLine(screen).execute(arguments);
    }
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /**
   * A run in a process of its own, as XRT wants it, which reads its emulation mode once. What the
   * process writes to standard error is in {@link #out}.
   */
  static CommandRun inOwnProcess(String... arguments) throws IOException, InterruptedException {
    List<String> command = ChildJvm.command();
    command.add(FabriqCommand.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandRun(process.waitFor(), output, "");
  }
}
