// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.lite.schema.TensorType;

/**
 * Runs a TensorFlow Lite model by the definitions of its reference kernels, slow and obvious: one
 * sample, tensors as the file lays them out. Values are fp32, or codes, as doubles. Softmax is that
 * of real numbers, rounded once.
 */
final class TfliteReference {
  private final TfliteModel model;
  private final Map<Integer, double[]> values = new HashMap<>();

  private TfliteReference(TfliteModel model) {
    this.model = model;
  }

  /** What the model gives for a sample. */
  static double[] run(TfliteModel model, double[] input) {
    return runAll(model, input).get(model.outputs()[0]);
  }

  /** What all tensors hold after a run, by index. */
  static Map<Integer, double[]> runAll(TfliteModel model, double[] input) {
    TfliteReference run = new TfliteReference(model);
    run.values.put(model.inputs()[0], input.clone());
    model.operators().forEach(run::run);
    return run.values;
  }

  private void run(TfliteOperator op) {
    TfliteTensor x = model.tensor(op.input(0));
    TfliteTensor out = model.tensor(op.outputs()[0]);
    double[] in = values(op.input(0));
    values.put(
        out.index(),
        switch (op.type()) {
          case "FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D" ->
              ReferenceWeights.run(
                  op, x, in, model.tensor(op.input(1)), values(op.input(1)), bias(op), out);
          case "AVERAGE_POOL_2D", "MAX_POOL_2D" -> ReferencePools.pool(op, x, in, out);
          case "MEAN" -> ReferencePools.mean(x, in, out);
          case "ADD" ->
              ReferenceValues.add(op, x, in, model.tensor(op.input(1)), values(op.input(1)), out);
          case "PAD" -> ReferencePools.pad(x, in, values(op.input(1)), out);
          case "CONCATENATION" -> concatenated(op, out);
          case "RESHAPE", "SQUEEZE" -> in.clone();
          default -> ReferenceValues.each(op, x, in, out);
        });
  }

  private double[] bias(TfliteOperator op) {
    int outputs = model.tensor(op.outputs()[0]).shape()[model.tensor(op.outputs()[0]).rank() - 1];
    return op.input(2) < 0 ? new double[outputs] : values(op.input(2));
  }

  private double[] concatenated(TfliteOperator op, TfliteTensor out) {
    double[] joined = new double[(int) out.size()];
    int width = out.shape()[out.rank() - 1];
    int first = 0;
    for (int input : op.inputs()) {
      int own = model.tensor(input).shape()[out.rank() - 1];
      double[] part = values(input);
      for (int i = 0; i < part.length; i++) {
        joined[i / own * width + first + i % own] =
            ReferenceValues.limited(op, out, part[i], model.tensor(input).isFloat());
      }
      first += own;
    }
    return joined;
  }

  private double[] values(int index) {
    return values.computeIfAbsent(index, i -> constant(model.tensor(i)));
  }

  static double[] constant(TfliteTensor tensor) {
    double[] read = new double[(int) tensor.size()];
    ByteBuffer data = tensor.data().duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < read.length; i++) {
      read[i] =
          switch (tensor.type()) {
            case TensorType.FLOAT32 -> data.getFloat(4 * i);
            case TensorType.INT32 -> data.getInt(4 * i);
            case TensorType.UINT8 -> Byte.toUnsignedInt(data.get(i));
            default -> data.get(i);
          };
    }
    return read;
  }
}
