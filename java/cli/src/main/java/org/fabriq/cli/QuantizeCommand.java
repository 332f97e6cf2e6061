// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
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
      "Quantize a model's weights and write what 'fabriq infer' runs.",
      "Encodings of its activations are fitted to training images, and passes "
          + "improve on both. It prints error, saturation and size of each layer, and "
          + "the accuracy, before and after each pass."
    },
    footer = {
      "Quantize the shipped weights to 8 bits, 6 of them behind the binary point:",
      "  fabriq quantize --scheme fixed:8,6 --out model.npz",
      "Quantize to 4 bits per channel, and learn how to round:",
      "  fabriq quantize --data mnist --scheme per-channel:4,mse --pass "
          + "adaround,bias --out w4.npz"
    })
final class QuantizeCommand implements Callable<Integer> {
  @Mixin private PassRunOptions options;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "per-channel",
      description =
          "The weights are quantized by this scheme, whose forms stand below. The "
              + "default is ${DEFAULT-VALUE}.")
  private String scheme;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "The quantized model is written to this file, which ends in .npz; its "
              + "encodings go beside it.")
  private Path file;

  @Mixin private AccumulatorOption accumulator;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!file.toString().endsWith(".npz")) {
      throw new InvalidArgumentException(
          "--out %s does not end in .npz; name it so".formatted(file));
    }
    WeightQuantizer quantizer = SchemeOption.ofWeights(ArithmeticSchemes.OPTION, scheme);
    Passes passes = options.passes();
    options.check(List.of(quantizer), GivenOptions.of(spec), true);
    accumulator.check(options.form());
    Screen screen = Screen.of(spec);
    PrintWriter out = screen.out();
    try (Device device = Device.open(options.form().device())) {
      PassRun run = options.prepare(device, screen);
      PassRun.Result result = run.run(quantizer, passes, screen);
      result.passes().forEach(pass -> PassResultTable.print(pass, scheme, out));
      Optional<AccumulatorReport> sums = accumulator.run(run.test(), result.network(), out);
      run.test().target().write(result.network(), file);
      out.printf("%nwritten: %s%n", file);
      json.write(
          () -> {
            ObjectNode report =
                PassResultJson.report(run.test(), scheme, options.form(), result.passes());
            sums.ifPresent(each -> report.set("accumulator", AccumulatorJson.of(each)));
            return report;
          },
          out);
    }
    out.flush();
    return ExitCode.OK;
  }
}
