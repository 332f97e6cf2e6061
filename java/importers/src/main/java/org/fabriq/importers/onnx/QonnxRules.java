// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.ElementType;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.onnx.OnnxValue.Fixed;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.quant.Encoding;

/**
 * QONNX's Quant: quantizes and dequantizes in one, with a word length as an input.
 *
 * <p>Source: A. Pappalardo et al., "QONNX: Representing Arbitrary-Precision Quantized Neural
 * Networks", 2022.
 */
final class QonnxRules {
  private QonnxRules() {}

  static OnnxValue quant(OnnxNode node, OnnxGraph to) {
    Constant scale = node.constant(1, "scale");
    Constant zero = node.constant(2, "zero point");
    Constant width = node.constant(3, "bit width");
    int bits = (int) width.real(0);
    if (width.size() != 1 || bits != width.real(0) || bits < 1) {
      throw new NotTakenException(
          "a bit width of %s".formatted(width.real(0)), "use one whole number of bits");
    }
    boolean signed = node.integer("signed", 1) != 0;
    boolean narrow = node.integer("narrow", 0) != 0;
    String mode = node.text("rounding_mode", "ROUND");
    if (bits > 8) {
      return wide(node, mode, bits);
    }
    if (narrow && !signed) {
      throw new NotTakenException("unsigned codes without the greatest", "leave narrow out");
    }
    if (node.input(0) instanceof Fixed fixed) {
      return new Fixed(weights(fixed.constant(), scale, zero, bits, signed, narrow, mode));
    }
    Codes.requireOne(Math.max(scale.size(), zero.size()));
    if (!mode.equals("ROUND")) {
      throw new NotTakenException("rounding_mode " + mode, "round half-even (ROUND)");
    }
    float[] scales = {(float) scale.real(0)};
    Encoding encoding = new Encoding(bits, signed, narrow, scales, new int[] {whole(zero, 0)});
    return new Flowing(to.quantized(node.values(0), new Codes(encoding)), false);
  }

  private static int whole(Constant zero, int i) {
    if (zero.real(i) != (int) zero.real(i)) {
      throw new NotTakenException(
          "a zero point of %s".formatted(zero.real(i)), "use a whole number");
    }
    return (int) zero.real(i);
  }

  /** Over 8 bits: a bias stays what it is, as far as int32 accumulators can tell. */
  private static OnnxValue wide(OnnxNode node, String mode, int bits) {
    if (node.input(0) instanceof Fixed fixed && fixed.constant().rank() <= 1) {
      Constant x = fixed.constant();
      Constant scale = node.constant(1, "scale");
      return new Fixed(
          Constant.ofReals(
              i -> {
                double s = scale.real(scale.size() == 1 ? 0 : i);
                return rounded(x.real(i) / s, mode) * s;
              },
              x.shape()));
    }
    throw new NotTakenException("codes of %d bits".formatted(bits), "use at most 8 bits");
  }

  private static double rounded(double value, String mode) {
    return switch (mode) {
      case "ROUND" -> Math.rint(value);
      case "FLOOR" -> Math.floor(value);
      case "CEIL" -> Math.ceil(value);
      case "ROUND_TO_ZERO" -> (double) (long) value;
      default -> throw new NotTakenException("rounding_mode " + mode, "round half-even (ROUND)");
    };
  }

  private static Constant weights(
      Constant x,
      Constant scale,
      Constant zero,
      int bits,
      boolean signed,
      boolean narrow,
      String mode) {
    int axis = axis(x, scale);
    float[] scales = scale.floats();
    int[] zeros = new int[scales.length];
    for (int i = 0; i < scales.length; i++) {
      zeros[i] = whole(zero, zero.size() == 1 ? 0 : i);
    }
    Codes codes = new Codes(new Encoding(bits, signed, narrow, scales, zeros, axis));
    ElementType type = signed ? ElementType.INT8 : ElementType.UINT8;
    Constant places = Constant.ofBytes(type, i -> 0, x.shape()).withCodes(codes);
    return Constant.ofBytes(
            type,
            i -> {
              int channel = places.channel(i);
              double code = rounded(x.real(i) / scales[channel], mode) + zeros[channel];
              Encoding encoding = codes.encoding();
              return (long) Math.max(encoding.qmin(), Math.min(encoding.qmax(), code));
            },
            x.shape())
        .withCodes(codes);
  }

  /** The axis along which scales run: the only one of them that is not 1. */
  private static int axis(Constant x, Constant scale) {
    if (scale.size() == 1) {
      return 0;
    }
    int extra = x.rank() - scale.rank();
    for (int axis = 0; axis < scale.rank(); axis++) {
      if (scale.dimension(axis) == scale.size()) {
        if (axis + extra >= 0 && x.dimension(axis + extra) == scale.size()) {
          return axis + extra;
        }
      }
    }
    throw new NotTakenException(
        "scales %s for %s".formatted(scale, x), "use one scale, or one per index of an axis");
  }

  /** The scale with the sign of each value. */
  static OnnxValue bipolar(OnnxNode node, OnnxGraph to) {
    if (!(node.input(0) instanceof Fixed fixed)) {
      throw new NotTakenException(
          "it takes the sign of what flows", "quantize activations with Quant");
    }
    Constant x = fixed.constant();
    Constant scale = node.constant(1, "scale");
    float[] scales = scale.floats();
    Codes codes =
        new Codes(new Encoding(2, true, true, scales, new int[scales.length], axis(x, scale)));
    return new Fixed(
        Constant.ofBytes(ElementType.INT8, i -> x.real(i) >= 0 ? 1 : -1, x.shape())
            .withCodes(codes));
  }
}
