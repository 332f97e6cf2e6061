// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code fabriq} command. */
@Command(
    name = "fabriq",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeList = {
      "0:Everything asked for was done.",
      "1:A check failed, or FabriQ has a defect.",
      "2:The input is wrong, or a device is missing."
    },
    description = {"Run quantized inference on FPGAs from Java."},
    footer = {
      "Classify digits by every kernel, beside the CPU:",
      "  fabriq compare",
      "See what a command takes:",
      "  fabriq quantize --help"
    })
public final class FabriqCommand implements Screen.Owner {
  /** All commands, in the order of help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          CompareCommand.class,
          InferCommand.class,
          ImportCommand.class,
          ExportCommand.class,
          PlanCommand.class,
          QuantizeCommand.class,
          SweepCommand.class,
          ResourcesCommand.class,
          LatencyCommand.class,
          BreakEvenCommand.class,
          ReportCommand.class,
          RoundingCommand.class,
          DevicesCommand.class,
          XclbinCommand.class,
          EmulateCommand.class,
          DoctorCommand.class,
          CompletionCommand.class);

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Stack traces of errors are shown.")
  private boolean verbose;

  private final Screen screen;

  private FabriqCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Screen screen() {
    return screen;
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command and returns its exit code; an interrupt leaves a clean line, too. */
  private static int run(String... arguments) {
    CommandLine streams = new CommandLine(CommandSpec.create());
    try (Screen screen =
        new Screen(streams.getOut(), streams.getErr(), AttachedTerminal::columns)) {
      Runtime.getRuntime().addShutdownHook(new Thread(screen::close, "fabriq-screen"));
      return commandLine(screen, asked(arguments)).execute(arguments);
    }
  }

  /** The command that is asked for by name, alone, since all of them take long to set up. */
  private static List<Class<?>> asked(String... arguments) {
    if (arguments.length == 0) {
      return COMMANDS;
    }
    List<Class<?>> found =
        COMMANDS.stream()
            .filter(type -> type.getAnnotation(Command.class).name().equals(arguments[0]))
            .toList();
    return found.isEmpty() || found.contains(CompletionCommand.class) ? COMMANDS : found;
  }

  /** The command, writing to a screen. */
  static CommandLine commandLine(Screen screen) {
    return commandLine(screen, COMMANDS);
  }

  private static CommandLine commandLine(Screen screen, List<Class<?>> commands) {
    FabriqCommand command = new FabriqCommand(screen);
    IParameterExceptionHandler wrongUsage =
        (exception, arguments) -> {
          CommandLine line = exception.getCommandLine();
          line.getErr()
              .printf(
                  "fabriq: %s; see '%s --help'%n",
                  ReplacedOption.message(exception)
                      .or(() -> ReplacedCommand.message(exception))
                      .orElseGet(() -> oneLine(exception)),
                  line.getCommandSpec().qualifiedName());
          return ExitCode.WRONG_INPUT;
        };
    IExecutionExceptionHandler failed =
        (exception, line, result) -> {
          boolean expected =
              exception instanceof FabriqException || exception instanceof ParameterException;
          line.getErr().printf("fabriq: %s%s%n", expected ? "" : "defect: ", oneLine(exception));
          if (command.verbose) {
            exception.printStackTrace(line.getErr());
          } else if (!expected) {
            line.getErr().println("fabriq: run again with --verbose and report what it prints");
          }
          return expected ? ExitCode.WRONG_INPUT : ExitCode.FAILED;
        };
    CommandLine line = new CommandLine(command);
    commands.forEach(line::addSubcommand);
    line.setOut(screen.out())
        .setErr(screen.err())
        .setParameterExceptionHandler(wrongUsage)
        .setExecutionExceptionHandler(failed)
        .setExecutionStrategy(
            parsed -> {
              try {
                OutputFiles.check(parsed);
              } catch (InvalidArgumentException e) {
                throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
              }
              return new CommandLine.RunLast().execute(parsed);
            });
    WordConverter.applyTo(line);
    CommandHelp.applyTo(line, screen::columns);
    return line;
  }

  private static String oneLine(Exception exception) {
    String message = exception.getMessage();
    return message == null ? exception.toString() : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
