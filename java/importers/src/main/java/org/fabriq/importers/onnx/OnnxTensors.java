// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.ElementType;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;

/** Makes constants of ONNX tensors, whichever of their forms they have. */
final class OnnxTensors {
  private static final int INT2_NUMBER = 26;
  private static final int UINT2_NUMBER = 25;

  private final Path folder;

  /**
   * @param folder where the model lies, for external data
   */
  OnnxTensors(Path folder) {
    this.folder = folder;
  }

  Constant constant(TensorProto tensor) {
    int[] shape = new int[tensor.getDimsCount()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, tensor.getDims(i)));
    }
    if (Arrays.stream(shape).anyMatch(dimension -> dimension == 0)) {
      throw new NotTakenException(
          "constant %s has no elements".formatted(tensor.getName()), "leave it out");
    }
    int elements = Extent.elements(shape);
    int number = tensor.getDataType();
    ByteBuffer data = bytes(tensor, elements, number);
    return switch (number) {
      case TensorProto.DataType.FLOAT_VALUE -> make(ElementType.FLOAT32, shape, data);
      case TensorProto.DataType.DOUBLE_VALUE -> make(ElementType.FLOAT64, shape, data);
      case TensorProto.DataType.INT8_VALUE -> make(ElementType.INT8, shape, data);
      case TensorProto.DataType.UINT8_VALUE, TensorProto.DataType.BOOL_VALUE ->
          make(ElementType.UINT8, shape, data);
      case TensorProto.DataType.INT16_VALUE -> make(ElementType.INT16, shape, data);
      case TensorProto.DataType.UINT16_VALUE -> make(ElementType.UINT16, shape, data);
      case TensorProto.DataType.INT32_VALUE -> make(ElementType.INT32, shape, data);
      case TensorProto.DataType.INT64_VALUE -> make(ElementType.INT64, shape, data);
      case TensorProto.DataType.INT4_VALUE ->
          make(ElementType.INT4, shape, unpacked(data, 4, true, elements));
      case TensorProto.DataType.UINT4_VALUE ->
          make(ElementType.UINT4, shape, unpacked(data, 4, false, elements));
      case INT2_NUMBER -> make(ElementType.INT2, shape, unpacked(data, 2, true, elements));
      case UINT2_NUMBER -> make(ElementType.UINT2, shape, unpacked(data, 2, false, elements));
      case TensorProto.DataType.FLOAT16_VALUE, TensorProto.DataType.BFLOAT16_VALUE ->
          make(
              ElementType.FLOAT32,
              shape,
              widened(data, elements, number == TensorProto.DataType.BFLOAT16_VALUE));
      default -> throw unknown(number);
    };
  }

  static NotTakenException unknown(int number) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(number);
    return new NotTakenException(
        "tensors of type %s".formatted(type == null ? "number " + number : type),
        "use float, int8 or uint8");
  }

  private static Constant make(ElementType type, int[] shape, ByteBuffer data) {
    return new Constant(type, shape, data, null);
  }

  /** The bytes as raw data has them. */
  private ByteBuffer bytes(TensorProto tensor, int elements, int number) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return ExternalData.read(folder, tensor).order(ByteOrder.LITTLE_ENDIAN);
    }
    if (tensor.hasRawData()) {
      return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    int count =
        switch (number) {
          case TensorProto.DataType.FLOAT_VALUE -> tensor.getFloatDataCount();
          case TensorProto.DataType.DOUBLE_VALUE -> tensor.getDoubleDataCount();
          case TensorProto.DataType.INT64_VALUE -> tensor.getInt64DataCount();
          default -> tensor.getInt32DataCount();
        };
    int bits = bits(number);
    int expected = bits < 8 ? (int) (((long) elements * bits + 7) / 8) : elements;
    if (count != expected) {
      throw new NotTakenException(
          "constant %s has %,d values for %s"
              .formatted(tensor.getName(), count, tensor.getDimsList()),
          "export the model again");
    }
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(count, Math.max(1, bits / 8)))
            .order(ByteOrder.LITTLE_ENDIAN);
    IntConsumer put = put(tensor, data, number);
    for (int i = 0; i < count; i++) {
      put.accept(i);
    }
    return data.flip();
  }

  private static IntConsumer put(TensorProto tensor, ByteBuffer data, int number) {
    return switch (number) {
      case TensorProto.DataType.FLOAT_VALUE -> i -> data.putFloat(tensor.getFloatData(i));
      case TensorProto.DataType.DOUBLE_VALUE -> i -> data.putDouble(tensor.getDoubleData(i));
      case TensorProto.DataType.INT64_VALUE -> i -> data.putLong(tensor.getInt64Data(i));
      case TensorProto.DataType.INT32_VALUE -> i -> data.putInt(tensor.getInt32Data(i));
      default ->
          bits(number) == 16
              ? i -> data.putShort((short) tensor.getInt32Data(i))
              : i -> data.put((byte) tensor.getInt32Data(i));
    };
  }

  private static int bits(int number) {
    return switch (number) {
      case TensorProto.DataType.DOUBLE_VALUE, TensorProto.DataType.INT64_VALUE -> 64;
      case TensorProto.DataType.FLOAT_VALUE, TensorProto.DataType.INT32_VALUE -> 32;
      case TensorProto.DataType.INT16_VALUE,
          TensorProto.DataType.UINT16_VALUE,
          TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.BFLOAT16_VALUE ->
          16;
      case TensorProto.DataType.INT8_VALUE,
          TensorProto.DataType.UINT8_VALUE,
          TensorProto.DataType.BOOL_VALUE ->
          8;
      case TensorProto.DataType.INT4_VALUE, TensorProto.DataType.UINT4_VALUE -> 4;
      case INT2_NUMBER, UINT2_NUMBER -> 2;
      default -> throw unknown(number);
    };
  }

  /** A byte per code; the first code is in the lowest bits. */
  private static ByteBuffer unpacked(ByteBuffer data, int bits, boolean signed, int elements) {
    int perByte = 8 / bits;
    if (data.remaining() != (elements + perByte - 1) / perByte) {
      throw new NotTakenException(
          "%,d bytes for %,d codes of %d bits".formatted(data.remaining(), elements, bits),
          "export the model again");
    }
    ByteBuffer codes = ByteBuffer.allocate(elements);
    for (int i = 0; i < elements; i++) {
      int code = data.get(i / perByte) >> (i % perByte * bits) & (1 << bits) - 1;
      codes.put(i, (byte) (signed ? code << 32 - bits >> 32 - bits : code));
    }
    return codes;
  }

  /** Halves, or the upper half of fp32, as fp32. */
  private static ByteBuffer widened(ByteBuffer data, int elements, boolean upper) {
    if (data.remaining() != 2L * elements) {
      throw new NotTakenException(
          "%,d bytes for %,d halves".formatted(data.remaining(), elements),
          "export the model again");
    }
    ByteBuffer floats = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      short bits = data.getShort(2 * i);
      floats.putFloat(4 * i, upper ? Float.intBitsToFloat(bits << 16) : half(bits));
    }
    return floats;
  }

  /** IEEE 754 binary16; Java 17 has no method for it. */
  static float half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float magnitude =
        exponent == 31
            ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
            : exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb((float) (fraction + 1024), exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }
}
