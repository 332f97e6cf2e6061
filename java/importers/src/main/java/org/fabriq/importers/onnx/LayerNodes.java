// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerConcat;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerFlatten;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerMaxPool;
import org.fabriq.integer.IntegerPad;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;

/** The nodes of a type of integer layer: a row of {@link #ALL}. */
record LayerNodes<L extends IntegerLayer>(Class<L> type, Rule<L> rule) {
  /** Writes the nodes of a layer. */
  @FunctionalInterface
  interface Rule<L> {
    /**
     * @param codes its inputs, as the writer's type of codes
     * @return what it gives, as such; as fp32 if it gives accumulators
     */
    String write(L layer, List<String> codes, NodeWriter to);
  }

  static final List<LayerNodes<?>> ALL =
      List.of(
          new LayerNodes<>(IntegerDense.class, (dense, codes, to) -> dense(dense, codes, to)),
          new LayerNodes<>(IntegerConv2d.class, (conv, codes, to) -> conv2d(conv, codes, to)),
          new LayerNodes<>(CodeTable.class, (table, codes, to) -> table(table, codes, to)),
          new LayerNodes<>(
              IntegerMaxPool.class,
              (pool, codes, to) ->
                  to.node("MaxPool", pool.name(), codes, window(pool.window(), true))),
          new LayerNodes<>(IntegerAveragePool.class, LayerNodes::averagePool),
          new LayerNodes<>(
              IntegerFlatten.class,
              (flatten, codes, to) -> to.node("Flatten", flatten.name(), codes)),
          new LayerNodes<>(IntegerPad.class, LayerNodes::pad),
          new LayerNodes<>(IntegerAdd.class, LayerNodes::add),
          new LayerNodes<>(
              IntegerConcat.class,
              (concat, codes, to) ->
                  to.node("Concat", concat.name(), codes, NodeWriter.integer("axis", 1))));

  /** Writes a layer. */
  static String write(IntegerLayer layer, List<String> codes, NodeWriter to) {
    return ALL.stream()
        .filter(row -> row.type == layer.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(layer.getClass() + " has no nodes"))
        .writeOwn(layer, codes, to);
  }

  private String writeOwn(IntegerLayer layer, List<String> codes, NodeWriter to) {
    return rule.write(type.cast(layer), codes, to);
  }

  private static String dense(IntegerDense dense, List<String> codes, NodeWriter to) {
    WeightNodes weights = new WeightNodes(dense, to);
    String values = to.values(codes.get(0), dense.input());
    List<String> inputs = List.of(values, weights.weight(), weights.bias());
    return weights.finish(
        to.node("Gemm", dense.name() + "/sums", inputs, NodeWriter.integer("transB", 1)));
  }

  private static String conv2d(IntegerConv2d conv, List<String> codes, NodeWriter to) {
    WeightNodes weights = new WeightNodes(conv, to);
    String values = to.values(codes.get(0), conv.input());
    List<String> inputs = List.of(values, weights.weight(), weights.bias());
    AttributeProto groups = NodeWriter.integer("group", conv.groups());
    AttributeProto[] attributes =
        Stream.concat(Stream.of(window(conv.window(), true)), Stream.of(groups))
            .toArray(AttributeProto[]::new);
    return weights.finish(to.node("Conv", conv.name() + "/sums", inputs, attributes));
  }

  private static AttributeProto[] window(Window window, boolean dilations) {
    AttributeProto kernel =
        NodeWriter.integers("kernel_shape", window.kernelHeight(), window.kernelWidth());
    AttributeProto strides =
        NodeWriter.integers("strides", window.strideHeight(), window.strideWidth());
    AttributeProto pads =
        NodeWriter.integers("pads", window.top(), window.left(), window.bottom(), window.right());
    AttributeProto spread =
        NodeWriter.integers("dilations", window.dilationHeight(), window.dilationWidth());
    return dilations
        ? new AttributeProto[] {kernel, strides, pads, spread}
        : new AttributeProto[] {kernel, strides, pads};
  }

  /** The table itself, indexed by the code: any function, to the bit. */
  private static String table(CodeTable table, List<String> codes, NodeWriter to) {
    String name = table.name();
    String wide =
        to.node(
            "Cast", name + "/wide", codes, NodeWriter.integer("to", DataType.INT32.getNumber()));
    String index = wide;
    if (to.codeType().of(Byte.MIN_VALUE) != 0) {
      String first = to.int32s(name + "/first", new int[] {-Byte.MIN_VALUE});
      index = to.node("Add", name + "/index", List.of(wide, first));
    }
    String codesOfCodes = to.activations(name + "/table", table.table(), 256);
    return to.node("Gather", name, List.of(codesOfCodes, index));
  }

  /** Mean codes are computed of codes as numbers, so that ties go as they go here. */
  private static String averagePool(IntegerAveragePool pool, List<String> codes, NodeWriter to) {
    Window window = pool.window();
    if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
      throw new InvalidArgumentException(
          "layer %s: windows with a dilation of %d x %d, AveragePool of opset 13 has 1 x 1; replace it"
              .formatted(pool.name(), window.dilationHeight(), window.dilationWidth()));
    }
    boolean plain = pool.input().equals(pool.output()) && !(window.padded() && pool.countPadding());
    Encoding in = plain ? numbers() : pool.input();
    Encoding out = plain ? numbers() : pool.output();
    AttributeProto[] attributes =
        Stream.concat(
                Stream.of(window(window, false)),
                Stream.of(NodeWriter.integer("count_include_pad", pool.countPadding() ? 1 : 0)))
            .toArray(AttributeProto[]::new);
    String taken = plain ? to.node("Identity", pool.name() + "/codes", codes) : codes.get(0);
    String mean =
        to.node("AveragePool", pool.name() + "/mean", List.of(to.values(taken, in)), attributes);
    return to.codes(pool.name(), mean, out, out.qmin(), out.qmax());
  }

  /** Codes that stand for themselves. */
  private static Encoding numbers() {
    return Encoding.perTensor(8, true, 1, 0);
  }

  private static String pad(IntegerPad pad, List<String> codes, NodeWriter to) {
    String name = pad.name();
    String pads =
        to.int64s(name + "/pads", 0, 0, pad.top(), pad.left(), 0, 0, pad.bottom(), pad.right());
    String code = to.activations(name + "/code", new byte[] {(byte) pad.code()});
    return to.node("Pad", name, List.of(codes.get(0), pads, code));
  }

  private static String add(IntegerAdd add, List<String> codes, NodeWriter to) {
    List<String> values =
        List.of(to.values(codes.get(0), add.left()), to.values(codes.get(1), add.right()));
    String sum = to.node("Add", add.name() + "/sum", values);
    return to.codes(add.name(), sum, add.output(), add.least(), add.greatest());
  }
}
