// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/** Writes TensorFlow Lite files of tensors and operators, whatever they are. */
final class ModelWriter {
  private final List<TfliteTensor> tensors = new ArrayList<>();
  private final List<Written> operators = new ArrayList<>();
  private final Map<Object, Integer> vectors = new IdentityHashMap<>();

  /** An operator with its options, and its name if it is a custom one. */
  private record Written(
      int code,
      String custom,
      int kind,
      ToIntFunction<FlatBufferBuilder> options,
      int[] in,
      int[] out) {}

  /** Adds a tensor. */
  int tensor(int type, int[] shape, float[] scales, long[] zeroPoints, int axis, byte[] data) {
    int index = tensors.size();
    tensors.add(
        new TfliteTensor(
            index,
            "t" + index,
            type,
            shape,
            scales,
            zeroPoints,
            axis,
            data == null ? null : ByteBuffer.wrap(data),
            ""));
    return index;
  }

  /** What a tensor was added as. */
  TfliteTensor tensor(int index) {
    return tensors.get(index);
  }

  /** Adds an operator with options of a kind. */
  void operator(
      int code, int kind, ToIntFunction<FlatBufferBuilder> options, int[] in, int... out) {
    operators.add(new Written(code, null, kind, options, in, out));
  }

  /** Adds an operator without options. */
  void operator(int code, int[] in, int... out) {
    operators.add(new Written(code, null, 0, null, in, out));
  }

  /** Adds a custom operator. */
  void custom(String name, int[] in, int... out) {
    operators.add(new Written(BuiltinOperator.CUSTOM, name, 0, null, in, out));
  }

  /** The file. */
  byte[] bytes(int[] inputs, int... outputs) {
    FlatBufferBuilder b = new FlatBufferBuilder(1 << 12);
    vectors.clear();
    List<Integer> buffers = new ArrayList<>(List.of(Buffer.createBuffer(b, 0)));
    List<Integer> written = new ArrayList<>();
    for (TfliteTensor tensor : tensors) {
      int buffer = 0;
      if (tensor.isConstant()) {
        buffer = buffers.size();
        // Interpreters want data at multiples of 16 bytes.
        byte[] data = tensor.data().array();
        b.startVector(1, data.length, 16);
        for (int i = data.length - 1; i >= 0; i--) {
          b.addByte(data[i]);
        }
        buffers.add(Buffer.createBuffer(b, b.endVector()));
      }
      written.add(tensor(b, tensor, buffer));
    }
    List<Integer> codes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (Written operator : operators) {
      int name = operator.custom == null ? 0 : b.createString(operator.custom);
      byte old = (byte) Math.min(127, operator.code);
      codes.add(OperatorCode.createOperatorCode(b, old, name, 1, operator.code));
      int options = operator.options == null ? 0 : operator.options.applyAsInt(b);
      int in = Operator.createInputsVector(b, operator.in);
      int out = Operator.createOutputsVector(b, operator.out);
      steps.add(
          Operator.createOperator(
              b, codes.size() - 1, in, out, (byte) operator.kind, options, 0, (byte) 0, 0, 0));
    }
    int graph =
        SubGraph.createSubGraph(
            b,
            SubGraph.createTensorsVector(b, ints(written)),
            SubGraph.createInputsVector(b, inputs),
            SubGraph.createOutputsVector(b, outputs),
            SubGraph.createOperatorsVector(b, ints(steps)),
            0);
    int model =
        Model.createModel(
            b,
            3,
            Model.createOperatorCodesVector(b, ints(codes)),
            Model.createSubgraphsVector(b, new int[] {graph}),
            b.createString("made by a test"),
            Model.createBuffersVector(b, ints(buffers)),
            0,
            0,
            0);
    Model.finishModelBuffer(b, model);
    return b.sizedByteArray();
  }

  /** Arrays that tensors share are one vector of the file. */
  private int tensor(FlatBufferBuilder b, TfliteTensor tensor, int buffer) {
    int name = b.createString(tensor.name());
    int shape = Tensor.createShapeVector(b, tensor.shape());
    int quantization = 0;
    if (tensor.scales().length > 0) {
      int scales =
          vectors.computeIfAbsent(
              tensor.scales(), k -> QuantizationParameters.createScaleVector(b, tensor.scales()));
      int zeros =
          vectors.computeIfAbsent(
              tensor.zeroPoints(),
              k -> QuantizationParameters.createZeroPointVector(b, tensor.zeroPoints()));
      quantization =
          QuantizationParameters.createQuantizationParameters(
              b, 0, 0, scales, zeros, (byte) 0, 0, tensor.axis());
    }
    return Tensor.createTensor(
        b, shape, (byte) tensor.type(), buffer, name, quantization, false, 0, 0, false, 0);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(i -> i).toArray();
  }
}
