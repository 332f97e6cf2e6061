// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.importing.ModelExporter;
import org.fabriq.integer.IntegerNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write an integer network as a model of another program, which then computes it, too.",
      "ONNX files hold its codes behind QuantizeLinear and DequantizeLinear of opset 13. ONNX"
          + " Runtime rounds to fp32 on the way, so a few codes are 1 apart."
    },
    footer = {
      "Let ONNX Runtime compute what FabriQ quantized:",
      "  fabriq export net-int8.npz --out net.onnx",
      "Make an integer network of one in fp32 first:",
      "  fabriq quantize --weights net.npz --data mnist --form integer --out net-int8.npz"
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private IntegerModel model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The model is written to this file, whose name tells its form, as .onnx does.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ModelExporter exporter = exporter();
    IntegerNetwork network = model.open("fabriq quantize --form integer");
    exporter.write(network, file);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("model    %s%n", network);
    out.printf("written: %s (%s)%n", file, exporter.form());
    out.flush();
    return ExitCode.OK;
  }

  private ModelExporter exporter() {
    List<ModelExporter> there = ModelExporter.all();
    if (there.isEmpty()) {
      throw new InvalidArgumentException(
          "%s: no exporters here, as on a board; run 'fabriq export' on a workstation"
              .formatted(file));
    }
    return there.stream()
        .filter(each -> file.toString().endsWith(each.suffix()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "--out %s: 'fabriq export' writes %s; name such a file"
                        .formatted(
                            file,
                            there.stream()
                                .map(each -> "%s (%s)".formatted(each.suffix(), each.form()))
                                .collect(Collectors.joining(", ")))));
  }
}
