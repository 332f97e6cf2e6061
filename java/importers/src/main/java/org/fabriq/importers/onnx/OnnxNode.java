// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.onnx.OnnxValue.Fixed;
import org.fabriq.importers.onnx.OnnxValue.Flowing;

/** A node with what it takes: attributes with their defaults, inputs by position. */
final class OnnxNode {
  private final NodeProto node;
  private final List<OnnxValue> inputs;
  private final Map<String, AttributeProto> attributes = new HashMap<>();
  private final int opset;

  /**
   * @param inputs null at positions that are left out
   */
  OnnxNode(NodeProto node, List<OnnxValue> inputs, int opset) {
    this.node = node;
    this.inputs = inputs;
    this.opset = opset;
    node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
  }

  /** The version of ONNX's operators. */
  int opset() {
    return opset;
  }

  String operator() {
    return node.getOpType();
  }

  /** Its name, or that of what it gives. */
  String name() {
    return name(node);
  }

  static String name(NodeProto node) {
    if (!node.getName().isEmpty()) {
      return node.getName();
    }
    return node.getOutputCount() == 0 ? "" : node.getOutput(0);
  }

  int inputCount() {
    return inputs.size();
  }

  int outputCount() {
    return (int) node.getOutputList().stream().filter(name -> !name.isEmpty()).count();
  }

  /** Whether an input is there. */
  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  /** Input {@code i}. */
  OnnxValue input(int i) {
    if (!has(i)) {
      throw new NotTakenException("it has no input %d".formatted(i), "export the model again");
    }
    return inputs.get(i);
  }

  /** Whether input {@code i} is known at import. */
  boolean isFixed(int i) {
    return has(i) && inputs.get(i) instanceof Fixed;
  }

  /** Whether all inputs are known at import. */
  boolean allFixed() {
    return !inputs.isEmpty() && inputs.stream().allMatch(x -> x == null || x instanceof Fixed);
  }

  /** An input that must be known at import. */
  Constant constant(int i, String what) {
    if (input(i) instanceof Fixed fixed) {
      return fixed.constant();
    }
    throw new NotTakenException(
        "its %s is computed, or given as an input".formatted(what), "make it a constant");
  }

  /** The same of an input that may be left out; null without it. */
  Constant constantIfThere(int i, String what) {
    return has(i) ? constant(i, what) : null;
  }

  /** An input that flows, as codes or as values. */
  Flowing flowing(int i) {
    if (input(i) instanceof Flowing flowing) {
      return flowing;
    }
    throw new NotTakenException(
        "its input %d is a constant".formatted(i), "compute it before the export");
  }

  /** An axis, which may be counted from the end. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new NotTakenException(
          "axis %d of %d dimensions".formatted(axis, rank), "export the model again");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** An input that flows, as values. */
  Signal values(int i) {
    Flowing flowing = flowing(i);
    if (flowing.codes()) {
      throw new NotTakenException(
          "it takes the codes of its input %d as numbers".formatted(i),
          "put DequantizeLinear before it");
    }
    return flowing.signal();
  }

  /** An input that flows, as codes of this meaning. */
  Signal codes(int i, Codes meaning) {
    if (!(input(i) instanceof Flowing flowing) || !flowing.codes()) {
      throw new NotTakenException(
          "its input %d is not codes".formatted(i), "put QuantizeLinear before it");
    }
    Codes written = flowing.signal().codes();
    if (!written.readsAs(meaning)) {
      throw new NotTakenException(
          "it reads codes as %s, which are %s".formatted(meaning.encoding(), written.encoding()),
          "use one scale and zero point for both");
    }
    return flowing.signal();
  }

  /** Whether an attribute is there. */
  boolean hasAttribute(String name) {
    return attributes.containsKey(name);
  }

  long integer(String name, long without) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? without : attribute.getI();
  }

  /** An integer within int32. */
  int int32(String name, int without) {
    return narrow(integer(name, without));
  }

  static int narrow(long value) {
    if (value != (int) value) {
      throw new NotTakenException(
          "number %,d, limit +-2^31".formatted(value), "export the model again");
    }
    return (int) value;
  }

  float number(String name, float without) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? without : attribute.getF();
  }

  String text(String name, String without) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? without : attribute.getS().toStringUtf8();
  }

  /** Integers within int32; the default is of the length that they must have. */
  int[] integers(String name, int... without) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null || attribute.getIntsCount() == 0) {
      return without;
    }
    return attribute.getIntsList().stream().mapToInt(OnnxNode::narrow).toArray();
  }

  /** Integers of an input, or of the attribute of earlier opsets; none without either. */
  int[] integers(int i, String name) {
    return has(i)
        ? Arrays.stream(constant(i, name).integers()).mapToInt(OnnxNode::narrow).toArray()
        : integers(name);
  }

  /** As {@link #integers(String, int...)}, of a given number. */
  int[] integersOf(String name, int count, int... without) {
    int[] values = integers(name, without);
    if (values.length != count) {
      throw new NotTakenException(
          "%d numbers as %s, not %d".formatted(values.length, name, count),
          "export the model again");
    }
    return values;
  }

  AttributeProto attribute(String name) {
    return attributes.get(name);
  }
}
