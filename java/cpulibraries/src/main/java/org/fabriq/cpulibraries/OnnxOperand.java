// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.stream.IntStream;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Tensor;

/** Gives tensors to ONNX Runtime where they lie, uncopied. */
final class OnnxOperand {
  private OnnxOperand() {}

  /** The tensor as one of ONNX Runtime, of the same shape; int8 is read as u8. */
  static OnnxTensor of(OrtEnvironment environment, Tensor tensor) throws OrtException {
    long[] shape = IntStream.of(tensor.shape()).asLongStream().toArray();
    if (tensor instanceof Float32Tensor values) {
      return OnnxTensor.createTensor(environment, values.floats(), shape);
    }
    return tensor instanceof Int32Tensor values
        ? OnnxTensor.createTensor(environment, values.ints(), shape)
        : OnnxTensor.createTensor(environment, tensor.memory(), shape, OnnxJavaType.UINT8);
  }
}
