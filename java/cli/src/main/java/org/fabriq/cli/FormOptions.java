// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Set;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.Samples;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.plan.Arithmetic;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.JavaCpuLibrary;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose the arithmetic a quantized network is measured and written for. */
final class FormOptions {
  @Option(
      names = "--form",
      converter = ArithmeticConverter.class,
      paramLabel = "NAME",
      description =
          "The network is measured and written in this form: f32f32 (its weights are decoded),"
              + " f32i8, i8i8 (its activation functions stay in fp32) or integer (it is integers"
              + " from the input's codes to the outputs). The default is i8i8, and integer for"
              + " networks that are more than dense layers.")
  private Arithmetic form;

  @Option(
      names = "--result-type",
      paramLabel = "TYPE",
      description =
          "Layers of i8i8 but the last give int8 or int32. The default is int8; the "
              + "last gives int32.")
  private QuantizationOptions.IntegerOutput output;

  @Option(
      names = "--scales",
      paramLabel = "NAME",
      defaultValue = "calibrated",
      description =
          "The activations of integer have these scales: calibrated; accumulated, which are"
              + " products of those before them; or accumulated-shifts, the same with factors that"
              + " are powers of two. The default is ${DEFAULT-VALUE}.")
  private OutputScales scales;

  /** What the codes of the input of an integer network stand for. */
  enum InputCodes {
    BYTES,
    FITTED
  }

  @Option(
      names = "--input-codes",
      paramLabel = "WORD",
      defaultValue = "bytes",
      description =
          "The input of integer has these codes: bytes, which are those of pixels as they are, or"
              + " fitted, which --input-scheme fits as it does all other tensors; symmetric:8 makes"
              + " their scale max|x| / 127. The default is bytes; samples that are no bytes are"
              + " fitted in any case.")
  private InputCodes inputCodes;

  @Mixin private final DeviceOption device = new DeviceOption(JavaCpuLibrary.ADDRESS);

  String device() {
    return device.address();
  }

  /**
   * The network of a workload, in fp32.
   *
   * @throws InvalidArgumentException if the arithmetic chosen is none for quantized networks
   */
  Network read(WorkloadOptions workload) {
    Network network = workload.quantizable();
    if (form == null) {
      form = NetworkText.isDense(network) ? Arithmetic.I8I8 : Arithmetic.INTEGER;
    }
    if (form == Arithmetic.F32) {
      throw new InvalidArgumentException(
          "--form f32 quantizes nothing; give f32f32, f32i8, i8i8 or integer");
    }
    return network;
  }

  /**
   * Refuses what is about other forms than the one chosen.
   *
   * @param written whether encodings are written to a file, where {@code infer} may use them later
   */
  void check(GivenOptions given, boolean written) {
    boolean integer = form == Arithmetic.INTEGER;
    refuse(given, !integer, Arithmetic.INTEGER, "--scales", "--input-codes");
    refuse(given, form != Arithmetic.I8I8, Arithmetic.I8I8, "--result-type");
    refuse(given, integer, Arithmetic.I8I8, "--output-scheme", "--logit-scheme");
    if (!written) {
      refuse(given, form != Arithmetic.I8I8, Arithmetic.I8I8, "--output-scheme");
      given.refuse(
          !form.sumsIntegers(),
          "activations of --form %s are fp32".formatted(this),
          "leave it out, or give --form i8i8 or integer",
          "--input-scheme");
      given.refuse(true, "the last layer gives int32", "leave it out", "--logit-scheme");
    }
    given.refuse(
        output == QuantizationOptions.IntegerOutput.INT32 && !written,
        "all layers give int32",
        "leave it out, or give --result-type int8",
        "--output-scheme");
  }

  /** Refuses to take bytes as they are where samples are none. */
  void checkSamples(GivenOptions given, Samples training) {
    given.refuse(
        form == Arithmetic.INTEGER && inputCodes == InputCodes.BYTES && !training.arePixels(),
        "the samples are no bytes times 1/255",
        "leave it out, or give --input-codes fitted",
        "--input-codes");
  }

  private void refuse(GivenOptions given, boolean useless, Arithmetic about, String... options) {
    given.refuse(
        useless,
        "it is for --form %s, and the form is %s".formatted(about.label(), this),
        "leave it out, or give --form %s".formatted(about.label()),
        options);
  }

  /**
   * Refuses to leave layers in fp32 where there is none.
   *
   * @param layers the names of those that are quantized
   */
  void checkLayers(Network network, Set<String> layers) {
    if (form == Arithmetic.INTEGER && !layers.containsAll(network.weightedLayers())) {
      throw new InvalidArgumentException(
          "--form integer has no layers in fp32, and --layers leaves out some of %s; leave --layers"
                  .formatted(network.weightedLayers())
              + " out, or choose another --form");
    }
  }

  /**
   * Refuses weights that the kernels of the arithmetic do not take.
   *
   * @param layers the names of those that are quantized
   */
  void checkScheme(WeightQuantizer scheme, Network network, Set<String> layers) {
    SchemeTrial.check(
        scheme, form, network, network.weightedLayers().stream().filter(layers::contains).toList());
  }

  /**
   * The network in the arithmetic chosen.
   *
   * @param training samples that activations are fitted to
   */
  Target target(Network network, Samples training, CalibrationOptions calibration, Device device) {
    return new Target(
        network,
        form,
        exact -> calibrate(exact, training, calibration),
        new Target.IntegerOptions(output != QuantizationOptions.IntegerOutput.INT32, scales),
        device);
  }

  private Calibration calibrate(Network exact, Samples training, CalibrationOptions calibration) {
    ActivationQuantizers quantizers = calibration.quantizers();
    if (form == Arithmetic.INTEGER && inputCodes == InputCodes.BYTES) {
      return ofIntegers(exact, training, quantizers.inputs());
    }
    ActivationQuantizers own =
        form == Arithmetic.INTEGER ? ActivationQuantizers.all(quantizers.inputs()) : quantizers;
    return Calibration.of(exact, training.batches(WorkloadOptions.CALIBRATION_BATCH), own);
  }

  /** An integer network has one scheme for all tensors, and takes bytes of pixels as they are. */
  static Calibration ofIntegers(Network exact, Samples training, Quantizer quantizer) {
    Calibration fitted =
        Calibration.of(exact, training.batches(WorkloadOptions.CALIBRATION_BATCH), quantizer);
    return training.arePixels() ? fitted.withInput(IntegerNetwork.PIXELS) : fitted;
  }

  /** Whether layers are summed in integers. */
  boolean sumsIntegers() {
    return form.sumsIntegers();
  }

  @Override
  public String toString() {
    return form.label();
  }
}
