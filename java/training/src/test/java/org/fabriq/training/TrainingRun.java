// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs a training command in this JVM and keeps what it prints. */
record TrainingRun(int code, String output, String errors) {
  private static final String CACHE = System.getProperty("fabriq.training.cache");

  static TrainingRun of(CommandLine line, String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        line.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors)).execute(arguments);
    return new TrainingRun(code, output.toString(), errors.toString());
  }

  /** A run that has to end well, with PyTorch from the tests' folder; what it printed. */
  static String done(CommandLine line, String options) {
    TrainingRun run = of(line, (options + " --cache=" + CACHE).split(" "));
    assertThat(run.errors()).isEmpty();
    assertThat(run.code()).isZero();
    return run.output();
  }

  /** A run that has to be refused with one line. */
  static void refused(CommandLine line, String options, String message) {
    TrainingRun run = of(line, options.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors().lines()).singleElement().asString().contains(message);
  }
}
