// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.runtime.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq quantize}. */
@Command(
    name = "quantize",
    mixinStandardHelpOptions = true,
    description = {
      "Quantize a model's weights, fit encodings of its activations to training images, improve on",
      "both by passes, and write what 'fabriq infer' runs. Prints error, saturation and size of",
      "each layer, and accuracy, before and after each pass."
    })
final class QuantizeCommand implements Callable<Integer> {
  @Mixin private PassRunOptions options;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "per-channel",
      description = "Weights: " + QuantizationOptions.SCHEMES + ". Default: ${DEFAULT-VALUE}.")
  private String scheme;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The .npz to write; its encodings go beside it.")
  private Path file;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!file.toString().endsWith(".npz")) {
      throw new InvalidArgumentException(
          "--out %s does not end in .npz; name it so".formatted(file));
    }
    CommandFiles.requireFolder("--out", file);
    json.check();
    WeightQuantizer quantizer = QuantizerSpec.parseWeights(scheme);
    Passes passes = options.passes();
    options.check(List.of(quantizer));
    Screen screen = Screen.of(spec);
    PrintWriter out = screen.out();
    try (Device device = Device.open(options.form().device())) {
      PassRun run = options.prepare(device, screen);
      PassRun.Result result = run.run(quantizer, passes, screen);
      result.passes().forEach(pass -> PassResultTable.print(pass, scheme, out));
      run.test().target().write(result.network(), file);
      out.printf("%nwritten: %s%n", file);
      json.write(
          () -> PassResultJson.report(run.test(), scheme, options.form(), result.passes()), out);
    }
    out.flush();
    return ExitCode.OK;
  }
}
