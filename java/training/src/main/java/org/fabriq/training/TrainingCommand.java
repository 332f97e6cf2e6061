// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.concurrent.Callable;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import picocli.CommandLine;

/** How all trainings run as commands: wrong input is one line and exit code 2. */
final class TrainingCommand {
  private TrainingCommand() {}

  static CommandLine line(Callable<Integer> command) {
    return new CommandLine(command)
        .setUsageHelpWidth(100)
        .registerConverter(Activation.class, TrainingCommand::activation)
        .setExecutionExceptionHandler(
            (exception, line, result) -> {
              if (!(exception instanceof FabriqException)) {
                throw exception;
              }
              return wrongInput(line, exception);
            })
        .setParameterExceptionHandler(
            (exception, arguments) -> wrongInput(exception.getCommandLine(), exception));
  }

  private static Activation activation(String word) {
    try {
      return Activation.of(word);
    } catch (InvalidArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }

  private static int wrongInput(CommandLine line, Exception exception) {
    line.getErr().println("fabriq-training: " + exception.getMessage());
    return CommandLine.ExitCode.USAGE;
  }
}
