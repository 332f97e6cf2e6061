// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Mlp;
import org.fabriq.model.Network;
import org.fabriq.plan.Calibration;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.JavaCpuLibrary;
import org.fabriq.tensor.Float32Tensor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose the arithmetic a quantized network is measured and written for. */
final class FormOptions {
  @Option(
      names = "--form",
      paramLabel = "NAME",
      description =
          "The network is measured and written in this form: f32f32 (its weights are "
              + "decoded), f32i8, i8i8 (its activation functions stay in fp32) or graph (it "
              + "is integers from pixels to logits). The default is i8i8, and graph for "
              + "networks with convolutions.")
  private Form form;

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
          "The activations of graph have these scales: calibrated; accumulated, which "
              + "are products of those before them; or accumulated-shifts, the same with "
              + "factors that are powers of two. The default is ${DEFAULT-VALUE}.")
  private OutputScales scales;

  @Mixin private final DeviceOption device = new DeviceOption(JavaCpuLibrary.ADDRESS);

  private Mlp model;

  String device() {
    return device.address();
  }

  /**
   * Reads the model of a workload.
   *
   * @return its network in fp32
   * @throws InvalidArgumentException if the form chosen is none of it
   */
  Network read(WorkloadOptions workload) {
    Network network = workload.network();
    if (network != null) {
      if (form != null && form != Form.GRAPH) {
        throw new InvalidArgumentException(
            "--form %s: %s holds a network of single layers; leave --form out, or say graph"
                .formatted(form.label(), workload.modelName()));
      }
      form = Form.GRAPH;
      return network;
    }
    model = workload.model().model();
    form = form == null ? Form.I8I8 : form;
    return model.network();
  }

  /**
   * The model in the form chosen.
   *
   * @param network that was {@link #read}
   */
  Target target(
      Network network,
      Iterable<Float32Tensor> batches,
      CalibrationOptions calibration,
      Device device) {
    if (form == Form.GRAPH) {
      return new GraphTarget(network, batches, calibration.quantizers().inputs(), scales, device);
    }
    return new MlpTarget(
        model,
        form,
        Calibration.of(model, batches, calibration.quantizers()),
        output != QuantizationOptions.IntegerOutput.INT32,
        device);
  }

  /** The form; after {@link #read}, the one that holds. */
  @Override
  public String toString() {
    return form == null ? "" : form.label();
  }
}
