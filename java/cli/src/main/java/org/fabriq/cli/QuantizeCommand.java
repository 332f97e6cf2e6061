// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.LabelledImages;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;
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
  private static final int BATCH = 500;

  @Mixin private WorkloadOptions workload;
  @Mixin private FormOptions form;
  @Mixin private CalibrationOptions calibration;
  @Mixin private PassOptions passes;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "per-channel",
      description = "Weights: " + QuantizationOptions.SCHEMES + ". Default: ${DEFAULT-VALUE}.")
  private String scheme;

  @Option(
      names = "--place",
      paramLabel = "LAYERS",
      defaultValue = "all",
      description =
          "Layers to quantize: numbers from 1, as 1,3, or all. Default: ${DEFAULT-VALUE}.")
  private String place;

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
    Passes chosen = passes.passes();
    LabelledImages training = workload.training(calibration.images());
    Iterable<Float32Tensor> batches = training.batches(WorkloadOptions.CALIBRATION_BATCH);
    PrintWriter out = spec.commandLine().getOut();
    try (Device device = Device.open(form.device())) {
      Target target = form.target(workload, batches, calibration, device);
      TestSet test = new TestSet(workload.test(), target.network().input().size(), BATCH);
      Set<String> layers = LayerNames.placed(target.network(), place);
      PassRun run = new PassRun(target, test);
      out.printf("model   %s, weights %s%n", target.network(), workload.modelName());
      out.printf("images  %,d of %s, %s on %s%n", test.count(), workload.dataName(), form, device);
      out.printf("passes  on %,d training images%n", training.count());
      out.printf("fp32    %.2f%%%n", 100 * run.accuracy());
      PassRun.Result result = run.run(quantizer, layers::contains, chosen, batches);
      result.stages().forEach(stage -> StageTable.print(stage, scheme, out));
      target.write(result.network(), file);
      out.printf("%nwritten: %s%n", file);
      json.write(() -> StageJson.report(run.accuracy(), scheme, form, result.stages()), out);
    }
    out.flush();
    return FabriqCommand.OK;
  }
}
