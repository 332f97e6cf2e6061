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
    ElementType type = type(number);
    if (isHalf(number)) {
      data = widened(data, elements, number == TensorProto.DataType.BFLOAT16_VALUE);
    } else if (type.bits() < 8) {
      data = unpacked(data, type, elements);
    }
    return new Constant(type, shape, data, null);
  }

  /** What elements of a constant are; those of 16 bits with a fraction become fp32. */
  private static ElementType type(int number) {
    return switch (number) {
      case TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.BFLOAT16_VALUE ->
          ElementType.FLOAT32;
      case TensorProto.DataType.DOUBLE_VALUE -> ElementType.FLOAT64;
      case TensorProto.DataType.INT8_VALUE -> ElementType.INT8;
      case TensorProto.DataType.UINT8_VALUE, TensorProto.DataType.BOOL_VALUE -> ElementType.UINT8;
      case TensorProto.DataType.INT16_VALUE -> ElementType.INT16;
      case TensorProto.DataType.UINT16_VALUE -> ElementType.UINT16;
      case TensorProto.DataType.INT32_VALUE -> ElementType.INT32;
      case TensorProto.DataType.INT64_VALUE -> ElementType.INT64;
      case TensorProto.DataType.INT4_VALUE -> ElementType.INT4;
      case TensorProto.DataType.UINT4_VALUE -> ElementType.UINT4;
      case INT2_NUMBER -> ElementType.INT2;
      case UINT2_NUMBER -> ElementType.UINT2;
      default -> throw unknown(number);
    };
  }

  private static boolean isHalf(int number) {
    return number == TensorProto.DataType.FLOAT16_VALUE
        || number == TensorProto.DataType.BFLOAT16_VALUE;
  }

  static NotTakenException unknown(int number) {
    return new NotTakenException(
        "tensors of type %s".formatted(name(number)), "use float, int8 or uint8");
  }

  /** The word of a type of ONNX, or its number where there is none. */
  static String name(int number) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(number);
    return type == null ? "number " + number : type.toString();
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

  /** The bits of an element in the file. */
  private static int bits(int number) {
    return isHalf(number) ? 16 : type(number).bits();
  }

  /** A byte per code; the first code is in the lowest bits. */
  private static ByteBuffer unpacked(ByteBuffer data, ElementType type, int elements) {
    int bits = type.bits();
    int perByte = 8 / bits;
    if (data.remaining() != (elements + perByte - 1) / perByte) {
      throw new NotTakenException(
          "%,d bytes for %,d codes of %d bits".formatted(data.remaining(), elements, bits),
          "export the model again");
    }
    ByteBuffer codes = ByteBuffer.allocate(elements);
    for (int i = 0; i < elements; i++) {
      int code = data.get(i / perByte) >> (i % perByte * bits) & (1 << bits) - 1;
      codes.put(i, (byte) (type.isSigned() ? code << 32 - bits >> 32 - bits : code));
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
