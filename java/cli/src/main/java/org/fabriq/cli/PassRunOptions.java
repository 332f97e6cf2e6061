// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import org.fabriq.data.Samples;
import org.fabriq.model.Network;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.runtime.Device;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose what is quantized, what passes work with, and what is measured on what. */
final class PassRunOptions {
  @Mixin private WorkloadOptions workload;
  @Mixin private FormOptions form;
  @Mixin private CalibrationOptions calibration;
  @Mixin private PassOptions passes;

  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      defaultValue = "all",
      description =
          "These layers are quantized by --scheme: numbers from 1, as 1,3, or all. The "
              + "default is ${DEFAULT-VALUE}.")
  private String chosen;

  private GivenOptions given;
  private boolean trained;
  private Network network;
  private Set<String> layers;

  WorkloadOptions workload() {
    return workload;
  }

  FormOptions form() {
    return form;
  }

  CalibrationOptions calibration() {
    return calibration;
  }

  Passes passes() {
    return passes.passes();
  }

  /**
   * Reads the model and refuses what is wrong, before a device is opened and images are drawn.
   *
   * @param schemes of the weights
   * @param written whether what is made is written to a file
   */
  void check(List<WeightQuantizer> schemes, GivenOptions given, boolean written) {
    this.given = given;
    network = form.read(workload);
    form.check(given, written);
    passes.check(given);
    trained = written || form.sumsIntegers() || !passes().list().isEmpty();
    given.refuse(
        !trained,
        "activations of --form %s are fp32, and no pass runs".formatted(form),
        "leave it out, or give --pass",
        "--calibrate",
        "--training-data");
    layers = LayerNames.chosen(network, chosen);
    calibration.quantizers();
    form.checkLayers(network, layers);
    workload.check(network.input(), network.output().size(), trained ? calibration : null);
    for (WeightQuantizer scheme : schemes) {
      form.checkScheme(scheme, network, layers);
      passes().check(scheme, network, layers::contains);
    }
  }

  /** Prepares what was checked, on the device of the options; prints what is measured on what. */
  PassRun prepare(Device device, Screen screen) {
    PrintWriter out = screen.out();
    Samples training = trained ? workload.training(calibration, screen) : null;
    if (trained) {
      form.checkSamples(given, training);
    }
    TestSet images = new TestSet(workload.test(screen), TestSet.BATCH);
    Target target = form.target(network, training, calibration, device);
    QuantizedScore test = new QuantizedScore(target, images, screen);
    out.printf(
        "model   %s, activation %s, weights %s%n",
        target.network(), target.network().activations(), workload.modelName());
    out.printf(
        "%-7s %,d of %s, %s on %s%n",
        images.noun() + "s", test.count(), workload.dataName(), form, device);
    if (trained) {
      out.printf("passes  on %,d training %ss%n", training.count(), images.noun());
    }
    out.printf(
        "fp32    %s%n", test.fp32().labelled() ? test.fp32().quality() : "the signal of SQNR");
    return new PassRun(
        test,
        layers::contains,
        trained ? training.batches(WorkloadOptions.CALIBRATION_BATCH) : List.of());
  }
}
