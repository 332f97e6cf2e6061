// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one run of the command gave, without a terminal. */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode;
    try (Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), () -> 0)) {
      exitCode = FabriqCommand.commandLine(screen).execute(arguments);
    }
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
