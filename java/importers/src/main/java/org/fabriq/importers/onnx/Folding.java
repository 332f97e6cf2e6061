// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.onnx.OnnxValue.Fixed;
import org.fabriq.importers.onnx.OnnxValue.Flowing;

/** What exporters write to compute constants and shapes; it is computed at import. */
final class Folding {
  private Folding() {}

  static OnnxValue constant(OnnxNode node, OnnxGraph to) {
    AttributeProto value = node.attribute("value");
    if (value != null && value.hasT()) {
      return new Fixed(to.constant(value.getT()));
    } else if (node.hasAttribute("value_float")) {
      return new Fixed(Constant.ofReals(i -> node.number("value_float", 0)));
    } else if (node.hasAttribute("value_int")) {
      return new Fixed(Constant.ofIntegers(i -> node.integer("value_int", 0)));
    } else if (node.hasAttribute("value_ints")) {
      List<Long> values = node.attribute("value_ints").getIntsList();
      return new Fixed(Constant.ofIntegers(values::get, values.size()));
    } else if (node.hasAttribute("value_floats")) {
      List<Float> values = node.attribute("value_floats").getFloatsList();
      return new Fixed(Constant.ofReals(values::get, values.size()));
    }
    throw new NotTakenException("it is sparse or text", "use a dense tensor of numbers");
  }

  static OnnxValue shape(OnnxNode node, OnnxGraph to) {
    int[] shape =
        node.input(0) instanceof Fixed fixed
            ? fixed.constant().shape()
            : ((Flowing) node.input(0)).signal().dimensions();
    int from = clamp(node.integer("start", 0), shape.length);
    int end = clamp(node.integer("end", shape.length), shape.length);
    return new Fixed(Constant.ofIntegers(i -> shape[from + i], Math.max(0, end - from)));
  }

  private static int clamp(long index, int length) {
    long fromStart = index < 0 ? index + length : index;
    return (int) Math.max(0, Math.min(length, fromStart));
  }

  static OnnxValue gather(OnnxNode node, OnnxGraph to) {
    Constant x = node.constant(0, "data");
    Constant indices = node.constant(1, "indices");
    if (x.rank() != 1) {
      throw new NotTakenException("it gathers of %s".formatted(x), "gather of a vector of sizes");
    }
    int[] order = new int[indices.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = OnnxNode.axis(indices.integer(i), x.size());
    }
    return new Fixed(x.gathered(order, indices.shape(), null));
  }

  static OnnxValue slice(OnnxNode node, OnnxGraph to) {
    Constant x = node.constant(0, "data");
    if (x.rank() != 1) {
      throw new NotTakenException("it slices %s".formatted(x), "slice a vector of sizes");
    }
    long step = node.has(4) ? node.constant(4, "steps").integer(0) : 1;
    long start =
        node.has(1) ? node.constant(1, "starts").integer(0) : node.integersOf("starts", 1, 0)[0];
    long end = node.has(2) ? node.constant(2, "ends").integer(0) : node.integersOf("ends", 1, 0)[0];
    int from = clamp(start, x.size());
    int count = clamp(end, x.size()) - from;
    if (step != 1 || count < 1) {
      throw new NotTakenException(
          "it slices %d values by steps of %d".formatted(count, step), "slice by steps of 1");
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = from + i;
    }
    return new Fixed(x.gathered(order, new int[] {count}, null));
  }

  static OnnxValue constantOfShape(OnnxNode node, OnnxGraph to) {
    long[] dimensions = node.constant(0, "shape").integers();
    int[] shape = new int[dimensions.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = OnnxNode.narrow(dimensions[i]);
    }
    AttributeProto value = node.attribute("value");
    Constant element = value == null ? Constant.ofReals(i -> 0) : to.constant(value.getT());
    return new Fixed(
        element.type().isInteger()
            ? Constant.ofIntegers(i -> element.integer(0), shape)
            : Constant.ofReals(i -> element.real(0), shape));
  }

  static OnnxValue cast(OnnxNode node, OnnxGraph to) {
    int type = node.int32("to", 0);
    boolean real =
        type == TensorProto.DataType.FLOAT_VALUE
            || type == TensorProto.DataType.DOUBLE_VALUE
            || type == TensorProto.DataType.FLOAT16_VALUE
            || type == TensorProto.DataType.BFLOAT16_VALUE;
    boolean integer =
        type == TensorProto.DataType.INT64_VALUE || type == TensorProto.DataType.INT32_VALUE;
    if (node.input(0) instanceof Fixed fixed && (real || integer)) {
      Constant x = fixed.constant();
      if (x.type().isInteger() != real && x.codes() == null) {
        return fixed;
      }
      return new Fixed(
          real
              ? Constant.ofReals(x::real, x.shape())
              : Constant.ofIntegers(i -> (long) x.real(i), x.shape()));
    }
    if (node.input(0) instanceof Flowing flowing && real && !flowing.codes()) {
      return flowing;
    }
    throw new NotTakenException(
        "it changes the type of a tensor to number %d".formatted(type),
        "leave it out, or cast between float types only");
  }

  /** Parts one after the other. */
  static Constant concat(List<Constant> parts, int axis) {
    int[] shape = parts.get(0).shape();
    shape[OnnxNode.axis(axis, shape.length)] = 0;
    boolean integer = true;
    for (Constant part : parts) {
      int[] own = part.shape();
      shape[axis] += part.dimension(axis);
      own[axis] = shape[axis];
      integer &= part.type().isInteger() && part.codes() == null;
      if (!Arrays.equals(own, shape)) {
        throw new NotTakenException("it joins %s".formatted(parts), "let them differ in one axis");
      }
    }
    int outer = Extent.between(shape, 0, axis);
    int[] of = new int[Extent.elements(shape)];
    int[] at = new int[of.length];
    int to = 0;
    for (int block = 0; block < outer; block++) {
      for (int k = 0; k < parts.size(); k++) {
        int run = parts.get(k).size() / outer;
        for (int i = 0; i < run; i++, to++) {
          of[to] = k;
          at[to] = block * run + i;
        }
      }
    }
    return integer
        ? Constant.ofIntegers(i -> parts.get(of[i]).integer(at[i]), shape)
        : Constant.ofReals(i -> parts.get(of[i]).real(at[i]), shape);
  }

  /** Arithmetic of two constants of one shape, or of which one is a single number. */
  static Constant arithmetic(Constant left, Constant right, DoubleBinaryOperator operator) {
    boolean integer =
        left.type().isInteger()
            && left.codes() == null
            && right.type().isInteger()
            && right.codes() == null;
    if (left.size() != 1 && right.size() != 1 && left.size() != right.size()) {
      throw new NotTakenException(
          "it computes with constants %s and %s".formatted(left, right),
          "use constants of one shape");
    }
    int[] shape = left.size() >= right.size() ? left.shape() : right.shape();
    if (integer) {
      return Constant.ofIntegers(
          i ->
              (long)
                  operator.applyAsDouble(
                      left.integer(left.size() == 1 ? 0 : i),
                      right.integer(right.size() == 1 ? 0 : i)),
          shape);
    }
    return Constant.ofReals(
        i ->
            operator.applyAsDouble(
                left.real(left.size() == 1 ? 0 : i), right.real(right.size() == 1 ? 0 : i)),
        shape);
  }
}
