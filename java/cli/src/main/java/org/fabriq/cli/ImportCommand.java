// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.importing.ImportedLayer;
import org.fabriq.importing.ImportedModel;
import org.fabriq.importing.ModelImporter;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.RefusedModelException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fabriq import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Make a model file of FabriQ's own of a model of another program, in fp32 or quantized.",
      "It prints a line for each layer: the nodes of the file that it stands for, what computes it,"
          + " the width of its weights, the bits that its sums can need, and how many weights are"
          + " at the ends of their range. A model with nodes that are not taken is refused, and"
          + " all of them are listed."
    },
    footer = {
      "Make a model file that every other command takes:",
      "  fabriq import model.onnx --out net.npz",
      "See why each node is taken or not, and refuse what the host would compute in fp32:",
      "  fabriq import model.onnx --out net.npz --explain --strict"
    })
final class ImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = "The model comes from this file, whose form its name tells, as .onnx does.")
  private Path model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "The model is written to this file, which ends in .npz; its description goes beside it.")
  private Path file;

  /** Whose definition of rounding a network has. */
  enum Rounding {
    FABRIQ,
    TFLITE
  }

  @Option(
      names = "--rounding",
      paramLabel = "NAME",
      defaultValue = "fabriq",
      description =
          "Codes are rounded as FabriQ defines it, fabriq, or as the runtime of a .tflite file"
              + " does, tflite, which the host then computes. The default is ${DEFAULT-VALUE}.")
  private Rounding rounding;

  @Option(
      names = "--explain",
      description =
          "It prints for each node of the file why it is taken or not, and for each layer of an"
              + " integer network whether it is launched with others or by itself, and why.")
  private boolean explain;

  @Option(
      names = "--strict",
      description = "Layers that the host would compute in fp32 behind all others are not taken.")
  private boolean strict;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!file.toString().endsWith(".npz")) {
      throw new InvalidArgumentException(
          "--out %s does not end in .npz; name it so".formatted(file));
    }
    Screen screen = Screen.of(spec);
    PrintWriter out = screen.out();
    ModelImporter importer = Importers.of(model);
    ImportedModel imported;
    try {
      imported =
          rounding == Rounding.TFLITE ? importer.readKeepingRounding(model) : importer.read(model);
    } catch (RefusedModelException e) {
      if (explain) {
        ImportExplanation.printRefused(e.operations(), e.refusals(), out);
        out.flush();
      }
      return refused(e.refusals(), screen);
    }
    GivenOptions.of(spec)
        .refuse(
            imported.network().isPresent(),
            "%s is in fp32, so it has no codes to round".formatted(model),
            "leave it out",
            "--rounding");
    ImportTable.print(imported, out);
    if (explain) {
      ImportExplanation.print(imported.operations(), imported.layers(), out);
      imported.integers().ifPresent(each -> ImportExplanation.printLaunches(each, out));
    }
    out.println();
    ImportTable.printNotes(imported.notes(), out);
    out.flush();
    List<Refusal> epilogues = strict ? epilogues(imported) : List.of();
    if (!epilogues.isEmpty()) {
      return refused(epilogues, screen);
    }
    imported.write(file);
    out.printf("written: %s%n", file);
    out.printf("next: %s%n", next(imported));
    out.flush();
    return ExitCode.OK;
  }

  private int refused(List<Refusal> refusals, Screen screen) {
    for (Refusal refusal : refusals) {
      screen.err().printf("fabriq: %s: %s%n", model, ImportTable.shown(refusal.toString()));
    }
    screen.err().flush();
    return ExitCode.WRONG_INPUT;
  }

  private static List<Refusal> epilogues(ImportedModel imported) {
    return imported.layers().stream()
        .filter(layer -> ImportedLayerCells.of(imported, layer).epilogue())
        .map(ImportCommand::epilogue)
        .toList();
  }

  private static Refusal epilogue(ImportedLayer layer) {
    String source = String.join(", ", layer.sources());
    return new Refusal(
        layer.form(),
        layer.name(),
        "the host computes %s in fp32, behind all others".formatted(source),
        "end the model before it, or leave --strict out");
  }

  private String next(ImportedModel imported) {
    if (imported.integers().isPresent()) {
      return "fabriq infer --weights %s --data DATA".formatted(quoted(file.toString()));
    }
    String quantized = file.toString().replaceFirst("\\.npz$", "-int8.npz");
    return "fabriq quantize --weights %s --data DATA --form integer --out %s"
        .formatted(quoted(file.toString()), quoted(quantized));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String name) {
    return name.matches("[\\p{L}\\p{N}_./,:=@%+-]+")
        ? name
        : "'" + name.replace("'", "'\\''") + "'";
  }
}
