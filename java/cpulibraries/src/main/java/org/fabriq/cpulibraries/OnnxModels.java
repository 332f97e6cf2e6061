// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/** ONNX models of one multiplication: input {@code a} (M x K, any M), output {@code c}. */
final class OnnxModels {
  private static final byte ZERO_OF_UNSIGNED = (byte) 0x80;

  private OnnxModels() {}

  /** MatMul in fp32, and Add if there is a bias. */
  static byte[] matmul(Float32Tensor b, float[] bias) {
    OnnxGraph graph =
        new OnnxGraph()
            .input("a", DataType.FLOAT, b.rows())
            .output("c", DataType.FLOAT, b.columns())
            .constant("b", DataType.FLOAT, b.memory(), b.shape());
    if (bias == null) {
      graph.node("MatMul", "c", "a", "b");
    } else {
      graph
          .constant("bias", bias, bias.length)
          .node("MatMul", "product", "a", "b")
          .node("Add", "c", "product", "bias");
    }
    return graph.model();
  }

  /** MatMulInteger of u8 with zero point 128, and s8 or u8 with zero point 128. */
  static byte[] matmulInteger(Int8Tensor b, boolean signedB) {
    DataType type = signedB ? DataType.INT8 : DataType.UINT8;
    Int8Tensor codes = b;
    if (!signedB) {
      codes = Int8Tensor.allocate(b.rows(), b.columns());
      for (int i = 0; i < b.size(); i++) {
        codes.set(i, (byte) (b.get(i) ^ ZERO_OF_UNSIGNED));
      }
    }
    return integers(codes, type)
        .zeroPoint("zero_a", DataType.UINT8, ZERO_OF_UNSIGNED)
        .zeroPoint("zero_b", type, signedB ? 0 : ZERO_OF_UNSIGNED)
        .node("MatMulInteger", "c", "a", "b", "zero_a", "zero_b")
        .model();
  }

  /** MatMulInteger of u8 and s8, both with zero point 0. */
  static byte[] matmulIntegerNonNegative(Int8Tensor b) {
    return integers(b, DataType.INT8).node("MatMulInteger", "c", "a", "b").model();
  }

  private static OnnxGraph integers(Int8Tensor b, DataType type) {
    return new OnnxGraph()
        .input("a", DataType.UINT8, b.rows())
        .output("c", DataType.INT32, b.columns())
        .constant("b", type, b.memory(), b.shape());
  }
}
