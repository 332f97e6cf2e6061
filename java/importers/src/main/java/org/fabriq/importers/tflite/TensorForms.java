// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.Map;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.ElementType;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Signal;
import org.fabriq.quant.Encoding;
import org.tensorflow.lite.schema.TensorType;

/** Tensors of a file in FabriQ's words. */
final class TensorForms {
  private static final Map<Integer, ElementType> ELEMENTS =
      Map.of(
          (int) TensorType.FLOAT32, ElementType.FLOAT32,
          (int) TensorType.INT8, ElementType.INT8,
          (int) TensorType.UINT8, ElementType.UINT8,
          (int) TensorType.INT32, ElementType.INT32,
          (int) TensorType.INT64, ElementType.INT64);

  /** The most values of a tensor between layers. */
  private static final int MAX_VALUES = 1 << 24;

  private TensorForms() {}

  /**
   * A tensor that flows, as the file has it.
   *
   * @throws NotTakenException if its type is none that FabriQ takes
   */
  static Signal signal(TfliteTensor tensor, String name) {
    checkUsual(tensor);
    if (tensor.size() > MAX_VALUES) {
      throw new NotTakenException(
          "%s, limit %,d values between layers".formatted(tensor, MAX_VALUES),
          "convert a smaller model");
    }
    if (tensor.rank() == 0) {
      throw new NotTakenException(
          "%s without a batch".formatted(tensor), "give it samples x values");
    }
    if (tensor.isFloat()) {
      return Signal.of(name, tensor.shape());
    }
    if (tensor.scales().length != 1
        || tensor.type() != TensorType.INT8 && tensor.type() != TensorType.UINT8) {
      throw new NotTakenException(
          "%s with %d scales between layers".formatted(tensor, tensor.scales().length),
          "quantize activations to int8 with one scale per tensor, or leave them in fp32");
    }
    return Signal.of(name, tensor.shape()).as(codes(tensor));
  }

  /**
   * A tensor that the file holds.
   *
   * @throws NotTakenException if its type is none that FabriQ takes
   * @throws org.fabriq.InvalidArgumentException if data or scales do not fit its shape
   */
  static Constant constant(TfliteTensor tensor) {
    checkUsual(tensor);
    ElementType type = ELEMENTS.get(tensor.type());
    if (type == null) {
      throw new NotTakenException(
          "%s as a constant".formatted(tensor), "convert the model to fp32 or int8");
    }
    boolean codes =
        tensor.scales().length > 0 && (type == ElementType.INT8 || type == ElementType.UINT8);
    return new Constant(type, tensor.shape(), tensor.data(), codes ? codes(tensor) : null);
  }

  private static void checkUsual(TfliteTensor tensor) {
    if (!tensor.unusual().isEmpty()) {
      throw new NotTakenException(
          "%s is %s".formatted(tensor, tensor.unusual()), "convert the model without it");
    }
  }

  private static Codes codes(TfliteTensor tensor) {
    int[] zeroPoints = new int[tensor.zeroPoints().length];
    for (int i = 0; i < zeroPoints.length; i++) {
      long zeroPoint = tensor.zeroPoints()[i];
      // One that no int holds becomes one that no code is, which the encoding refuses.
      zeroPoints[i] = (int) Math.max(-1000, Math.min(1000, zeroPoint));
    }
    boolean signed = tensor.type() == TensorType.INT8;
    return new Codes(new Encoding(8, signed, false, tensor.scales(), zeroPoints, tensor.axis()));
  }
}
