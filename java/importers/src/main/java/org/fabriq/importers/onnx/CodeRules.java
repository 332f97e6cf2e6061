// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.ElementType;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Fixed;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.quant.Encoding;

/** QuantizeLinear, DequantizeLinear, and limits of codes between them. */
final class CodeRules {
  private CodeRules() {}

  /**
   * What codes stand for.
   *
   * @param zero null for 0
   * @param axis of scales, if there are several
   */
  static Codes codes(Constant scale, Constant zero, ElementType type, int axis) {
    if (scale.rank() > 1 && scale.size() > 1) {
      throw new NotTakenException(
          "scales %s, by blocks".formatted(scale), "use one scale, or one per index of an axis");
    }
    if (zero != null && zero.size() != scale.size()) {
      throw new NotTakenException(
          "%d scales and %d zero points".formatted(scale.size(), zero.size()),
          "give as many of both");
    }
    if (!type.isInteger() || type.bits() > Encoding.MAX_BITS) {
      throw new NotTakenException("codes of type " + type, "quantize to int8 or uint8");
    }
    int[] zeros = new int[scale.size()];
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] = zero == null ? 0 : OnnxNode.narrow(zero.integer(i));
    }
    return new Codes(
        new Encoding(type.bits(), type.isSigned(), false, scale.floats(), zeros, axis));
  }

  /**
   * What codes of activations stand for, of one scale and zero point.
   *
   * @param zero null for 0
   */
  private static Codes codes(Constant scale, Constant zero, ElementType type) {
    Codes.requireOne(scale.size());
    return codes(scale, zero, type, 0);
  }

  /** Scale and zero point of inputs {@code i} and {@code i + 1}, of the type of the latter. */
  static Codes codes(OnnxNode node, int i) {
    Constant zero = node.constantIfThere(i + 1, "zero point");
    return codes(node.constant(i, "scale"), zero, zero == null ? ElementType.UINT8 : zero.type());
  }

  /** The axis of several scales of a constant. */
  private static int axis(OnnxNode node, Constant scale, Constant x) {
    return scale.size() == 1 ? 0 : OnnxNode.axis(node.integer("axis", 1), x.rank());
  }

  private static void refuseBlocks(OnnxNode node) {
    if (node.integer("block_size", 0) != 0) {
      throw new NotTakenException(
          "scales by blocks of %d".formatted(node.integer("block_size", 0)),
          "use one scale, or one per index of an axis");
    }
  }

  static OnnxValue quantize(OnnxNode node, OnnxGraph to) {
    refuseBlocks(node);
    Constant zero = node.constantIfThere(2, "zero point");
    ElementType type = zero == null ? type(node.int32("output_dtype", 0)) : zero.type();
    Constant scale = node.constant(1, "scale");
    if (node.input(0) instanceof Fixed fixed) {
      Constant x = fixed.constant();
      return new Fixed(quantized(x, codes(scale, zero, type, axis(node, scale, x)), type));
    }
    return new Flowing(to.quantized(node.values(0), codes(scale, zero, type)), true);
  }

  private static ElementType type(int number) {
    return switch (number) {
      case 0, TensorProto.DataType.UINT8_VALUE -> ElementType.UINT8;
      case TensorProto.DataType.INT8_VALUE -> ElementType.INT8;
      case TensorProto.DataType.INT4_VALUE -> ElementType.INT4;
      case TensorProto.DataType.UINT4_VALUE -> ElementType.UINT4;
      case TensorProto.DataType.INT16_VALUE -> ElementType.INT16;
      case TensorProto.DataType.UINT16_VALUE -> ElementType.UINT16;
      default -> throw OnnxTensors.unknown(number);
    };
  }

  /** The codes of a constant, as integers. */
  static Constant quantized(Constant x, Codes codes, ElementType type) {
    if (type.bits() > 8) {
      throw new NotTakenException(
          "a constant is quantized to %s".formatted(type), "quantize it to int8 or uint8");
    }
    Constant channels = Constant.ofBytes(type, i -> 0, x.shape()).withCodes(codes);
    return Constant.ofBytes(
        type, i -> codes.encoding().quantize((float) x.real(i), channels.channel(i)), x.shape());
  }

  static OnnxValue dequantize(OnnxNode node, OnnxGraph to) {
    refuseBlocks(node);
    Constant zero = node.constantIfThere(2, "zero point");
    Constant scale = node.constant(1, "scale");
    if (node.input(0) instanceof Fixed fixed) {
      Constant x = fixed.constant();
      return new Fixed(dequantized(x, scale, zero, axis(node, scale, x)));
    }
    ElementType type = zero == null ? storage(node.flowing(0)) : zero.type();
    return new Flowing(node.codes(0, codes(scale, zero, type)), false);
  }

  private static ElementType storage(Flowing x) {
    Encoding encoding = x.signal().codes() == null ? null : x.signal().codes().encoding();
    return encoding != null && encoding.signed() ? ElementType.INT8 : ElementType.UINT8;
  }

  private static Constant dequantized(Constant x, Constant scale, Constant zero, int axis) {
    if (!x.type().isInteger() || x.codes() != null) {
      throw new NotTakenException("it takes values, not codes", "quantize them before it");
    }
    if (x.type().bits() <= 8) {
      return x.withCodes(codes(scale, zero, x.type(), axis));
    }
    boolean perAxis = scale.size() > 1;
    int run = perAxis ? Extent.between(x.shape(), axis + 1, x.rank()) : 1;
    boolean fits = scale.rank() < 2 && (!perAxis || scale.size() == x.dimension(axis));
    if (!fits || zero != null && zero.size() != scale.size()) {
      throw new NotTakenException(
          "scales %s for codes %s".formatted(scale, x), "give one, or one per index of the axis");
    }
    return Constant.ofReals(
        i -> {
          int channel = perAxis ? i / run % scale.size() : 0;
          long code = x.integer(i) - (zero == null ? 0 : zero.integer(channel));
          return code * scale.real(channel);
        },
        x.shape());
  }

  /** Codes looked up by codes, as FabriQ exports its tables; see {@link CodeTables}. */
  static OnnxValue table(OnnxNode node, OnnxGraph to) {
    Flowing x = node.flowing(0);
    Constant first = node.constant(1, "index of the code 0");
    Constant table = node.constant(2, "table");
    Codes codes = node.has(3) ? codes(node, 3) : Codes.perTensor(Byte.SIZE, true, 1, 0);
    boolean int8 = x.codes() && x.signal().codes().encoding().signed();
    if (!int8 || !codes.encoding().signed() || first.size() != 1 || first.integer(0) != 128) {
      throw new NotTakenException(
          "it looks up what are no int8 codes, or not from -128 on",
          "look up int8 codes, plus 128, in a table of 256");
    }
    byte[] entries = new byte[table.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = (byte) table.integer(i);
    }
    Signal codesOf = x.signal();
    return new Flowing(
        to.step(new Operation.Table(entries), codesOf.dimensions(), codes, codesOf), true);
  }

  /** Codes limited to others: those of fewer bits, as Brevitas writes them. */
  static OnnxValue limited(Flowing x, double min, double max, OnnxGraph to) {
    Encoding old = x.signal().codes().encoding();
    int least = (int) Math.max(old.qmin(), min);
    int greatest = (int) Math.min(old.qmax(), max);
    if (least == old.qmin() && greatest == old.qmax()) {
      return x;
    }
    Encoding narrow = narrow(old, least, greatest);
    Signal before = to.beforeQuantizing(x.signal());
    return new Flowing(to.quantized(before, new Codes(narrow)), true);
  }

  private static Encoding narrow(Encoding old, int least, int greatest) {
    for (int bits = 1; bits <= old.bits(); bits++) {
      for (boolean narrow : new boolean[] {false, true}) {
        int half = 1 << bits - 1;
        boolean fits =
            old.signed()
                ? greatest == half - 1 && least == -half + (narrow ? 1 : 0) && (!narrow || bits > 1)
                : !narrow && least == 0 && greatest == 2 * half - 1;
        if (fits) {
          return new Encoding(bits, old.signed(), narrow, old.scales(), old.zeroPoints());
        }
      }
    }
    throw new NotTakenException(
        "it limits codes to [%d, %d]".formatted(least, greatest),
        "limit them to all codes of a number of bits");
  }

  /** Constant codes limited to others, in the least type that holds them. */
  static Constant limited(Constant x, double min, double max) {
    long least = Arrays.stream(x.integers()).map(q -> (long) Math.max(min, q)).min().getAsLong();
    long greatest = Arrays.stream(x.integers()).map(q -> (long) Math.min(max, q)).max().getAsLong();
    ElementType type = x.type();
    if (x.type().isSigned() && Math.max(min, least) >= -8 && Math.min(max, greatest) <= 7) {
      type = ElementType.INT4;
    } else if (!x.type().isSigned() && greatest <= 15) {
      type = ElementType.UINT4;
    }
    return Constant.ofBytes(
        type, i -> (long) Math.max(min, Math.min(max, x.integer(i))), x.shape());
  }
}
