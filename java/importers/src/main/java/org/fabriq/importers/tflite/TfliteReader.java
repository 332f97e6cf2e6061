// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.fabriq.FileFormatException;
import org.fabriq.io.FileStart;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.SubGraph;

/** Reads TensorFlow Lite files of version 3, within limits of time and memory. */
final class TfliteReader {
  /** The longest file. */
  static final int MAX_BYTES = 1 << 28;

  /** The most tensors, and the most operator codes and buffers. */
  static final int MAX_TENSORS = 1 << 16;

  /** The most operators. */
  static final int MAX_OPERATORS = 1 << 14;

  private static final int VERSION = 3;
  private static final int MAX_OPERANDS = 1 << 10;

  private final String file;
  private final int bytes;
  private final FlatAccess access;
  private final Model model;
  private final List<String> operatorTypes = new ArrayList<>();

  private TfliteReader(String file, ByteBuffer buffer, FlatAccess access) {
    this.file = file;
    this.bytes = buffer.remaining();
    this.access = access;
    this.model = Model.getRootAsModel(buffer);
    if (model.version() != VERSION) {
      throw new FileFormatException(
          file, "version", "" + model.version(), "" + VERSION, "convert the model again");
    }
  }

  /** Whether bytes begin as a TensorFlow Lite file does. */
  static boolean recognizes(byte[] bytes) {
    return bytes.length >= 8
        && bytes[4] == 'T'
        && bytes[5] == 'F'
        && bytes[6] == 'L'
        && bytes[7] == '3';
  }

  /**
   * Reads the main graph.
   *
   * @param file what errors call it
   * @param content all bytes of the file; constants are views of them
   * @throws FileFormatException if it is no such file, or damaged
   */
  static TfliteModel read(String file, byte[] content) {
    if (!recognizes(content)) {
      throw new FileFormatException(
          file,
          "form",
          FileStart.of(content),
          "a TensorFlow Lite model (TFL3 in bytes 4 to 7)",
          "give a model as TensorFlow Lite's converter writes it");
    }
    checkLength(file, content.length);
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    FlatAccess access = new FlatAccess(file, content.length);
    try {
      return new TfliteReader(file, buffer, access).graph();
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
      // Buffers throw the first two of offsets and lengths, generated classes the last one of a
      // vector that is not there.
      throw access.outside();
    }
  }

  /** Refuses files that are over the limit. */
  static void checkLength(String file, long length) {
    if (length > MAX_BYTES) {
      throw new FileFormatException(
          file,
          "length",
          "%,d bytes".formatted(length),
          "at most %,d".formatted(MAX_BYTES),
          "give a smaller model");
    }
  }

  private TfliteModel graph() {
    int codes = access.length("operator codes", model.operatorCodesLength(), MAX_TENSORS);
    TensorReader reader = new TensorReader(access, model);
    int subgraphs = access.length("subgraphs", model.subgraphsLength(), MAX_TENSORS);
    access.index("subgraphs", 0, subgraphs);
    for (int i = 0; i < codes; i++) {
      operatorTypes.add(operatorType(i));
    }
    access.at("subgraph", 0);
    SubGraph graph = model.subgraphs(0);
    int tensorCount = access.length("tensors", graph.tensorsLength(), MAX_TENSORS);
    int operatorCount = access.length("operators", graph.operatorsLength(), MAX_OPERATORS);
    int[] inputs = operands("inputs", graph.inputsLength(), graph::inputs, 0, tensorCount);
    int[] outputs = operands("outputs", graph.outputsLength(), graph::outputs, 0, tensorCount);
    List<TfliteTensor> tensors = new ArrayList<>();
    for (int i = 0; i < tensorCount; i++) {
      tensors.add(reader.tensor(graph, i));
    }
    List<TfliteOperator> operators = new ArrayList<>();
    for (int i = 0; i < operatorCount; i++) {
      operators.add(operator(graph, i, tensorCount));
    }
    return new TfliteModel(
        file, bytes, subgraphs, List.copyOf(tensors), List.copyOf(operators), inputs, outputs);
  }

  private String operatorType(int i) {
    access.at("operator code", i);
    OperatorCode code = model.operatorCodes(i);
    int builtin = Math.max(code.builtinCode(), code.deprecatedBuiltinCode());
    if (builtin == BuiltinOperator.CUSTOM) {
      return "CUSTOM " + code.customCode();
    }
    boolean named = builtin >= 0 && builtin < BuiltinOperator.names.length;
    return named ? BuiltinOperator.name(builtin) : "BUILTIN " + builtin;
  }

  private TfliteOperator operator(SubGraph graph, int i, int tensors) {
    access.at("operator", i);
    Operator operator = graph.operators(i);
    int code = access.index("code", operator.opcodeIndex(), operatorTypes.size());
    return new TfliteOperator(
        i,
        operatorTypes.get(code),
        operands("inputs", operator.inputsLength(), operator::inputs, -1, tensors),
        operands("outputs", operator.outputsLength(), operator::outputs, 0, tensors),
        OptionsReader.options(operator.builtinOptionsType() & 0xFF, operator::builtinOptions));
  }

  private int[] operands(
      String field, int length, IntUnaryOperator element, int least, int tensors) {
    int[] operands = new int[access.length(field, length, MAX_OPERANDS)];
    for (int k = 0; k < operands.length; k++) {
      operands[k] = element.applyAsInt(k);
      if (operands[k] < least || operands[k] >= tensors) {
        throw access.wrong(
            field, "tensor %,d".formatted(operands[k]), "%d to %,d".formatted(least, tensors - 1));
      }
    }
    return operands;
  }
}
