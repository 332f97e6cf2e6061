// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.ModelGraph;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.graph.Step;
import org.fabriq.importers.onnx.OnnxValue.Fixed;
import org.fabriq.importers.onnx.OnnxValue.Flowing;
import org.fabriq.importers.onnx.OnnxValue.Missing;
import org.fabriq.importing.Refusal;

/** Makes a {@link ModelGraph} of an ONNX graph, node by node. */
final class OnnxGraph {
  private final OnnxFile file;
  private final OnnxTensors tensors;
  private final Map<String, OnnxValue> values = new HashMap<>();
  private final Map<Signal, Signal> quantizedOf = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Signal input;
  private OnnxNode node;
  private int made;

  private OnnxGraph(OnnxFile file) {
    this.file = file;
    Path folder = file.path().toAbsolutePath().getParent();
    this.tensors = new OnnxTensors(folder);
  }

  static ModelGraph read(OnnxFile file) {
    return new OnnxGraph(file).read();
  }

  private ModelGraph read() {
    GraphProto graph = file.model().getGraph();
    Map<String, TensorProto> initializers = new LinkedHashMap<>();
    graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
    initializers.forEach(this::initializer);
    graph
        .getSparseInitializerList()
        .forEach(
            sparse -> refuse("sparse initializer", sparse.getValues().getName(), "it is sparse"));
    input(graph, initializers);
    for (NodeProto next : CodeTables.of(graph).nodes()) {
      translate(next);
    }
    Signal output = output(graph);
    return new ModelGraph(
        file.path().toString(), input, output, steps, NodeRoles.of(graph), refusals, notes);
  }

  private void refuse(String operator, String name, String reason) {
    refusals.add(new Refusal(operator, name, reason, "change the model before its export"));
  }

  private void initializer(String name, TensorProto tensor) {
    try {
      values.put(name, new Fixed(tensors.constant(tensor)));
    } catch (NotTakenException e) {
      refusals.add(NotTakenException.refusal("initializer", name, e));
      values.put(name, new Missing());
    }
  }

  private void input(GraphProto graph, Map<String, TensorProto> initializers) {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(info -> !initializers.containsKey(info.getName()))
            .toList();
    for (ValueInfoProto info : inputs) {
      try {
        if (input != null) {
          throw new NotTakenException(
              "it is an input beside %s".formatted(input.name()),
              "export a model of one input, with weights as initializers");
        }
        input = new OnnxInput(graph, values).signal(info);
        values.put(info.getName(), new Flowing(input, input.codes() != null));
      } catch (FabriqException e) {
        refusals.add(NotTakenException.refusal("input", info.getName(), e));
        values.put(info.getName(), new Missing());
      }
    }
    if (inputs.isEmpty()) {
      refuse("graph", graph.getName(), "it has no input");
    }
  }

  private Signal output(GraphProto graph) {
    if (graph.getOutputCount() != 1) {
      String names = graph.getOutputList().stream().map(ValueInfoProto::getName).toList() + "";
      refuse("graph", graph.getName(), "it has the outputs %s, limit 1".formatted(names));
      return null;
    }
    String name = graph.getOutput(0).getName();
    OnnxValue value = values.get(name);
    if (value instanceof Flowing flowing) {
      return flowing.signal();
    }
    if (!(value instanceof Missing)) {
      refuse("output", name, value == null ? "no node gives it" : "it does not depend on inputs");
    }
    return null;
  }

  private void translate(NodeProto proto) {
    List<OnnxValue> inputs = new ArrayList<>();
    boolean missing = false;
    for (String name : proto.getInputList()) {
      OnnxValue value = name.isEmpty() ? null : values.get(name);
      if (value == null && !name.isEmpty()) {
        refuse(proto.getOpType(), OnnxNode.name(proto), "no node before it gives " + name);
        value = new Missing();
      }
      missing |= value instanceof Missing;
      inputs.add(value);
    }
    proto.getOutputList().forEach(name -> values.put(name, new Missing()));
    node = new OnnxNode(proto, inputs, file.opset());
    try {
      Operators.Rule rule = Operators.rule(proto.getDomain(), proto.getOpType());
      if (proto.getOutputCount() == 0) {
        throw new NotTakenException("it gives nothing", "export the model again");
      }
      if (!missing) {
        values.put(proto.getOutput(0), rule.translate(node, this));
      }
    } catch (FabriqException e) {
      refusals.add(NotTakenException.refusal(proto.getOpType(), OnnxNode.name(proto), e));
    }
  }

  /** Adds a step of the current node that gives values. */
  Signal step(Operation operation, int[] shape, Signal... inputs) {
    return step(operation, Signal.of(name(), shape), inputs);
  }

  /** Adds a step of the current node that gives codes. */
  Signal step(Operation operation, int[] shape, Codes codes, Signal... inputs) {
    return step(operation, Signal.of(name(), shape).as(codes), inputs);
  }

  private Signal step(Operation operation, Signal output, Signal... inputs) {
    steps.add(new Step(node.operator(), node.name(), operation, List.of(inputs), output));
    return output;
  }

  /** Numbers are no names of ONNX that a user would look for, but they are unique. */
  private String name() {
    return node.name() + "#" + made++;
  }

  /** A step that only moves or compares values: of codes it gives the same codes. */
  Flowing keeping(Operation operation, int[] shape, Flowing... inputs) {
    Signal[] signals = new Signal[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      signals[i] = inputs[i].signal();
    }
    boolean codes = inputs[0].codes();
    return new Flowing(
        codes
            ? step(operation, shape, signals[0].codes(), signals)
            : step(operation, shape, signals),
        codes);
  }

  /** The same values as codes. */
  Signal quantized(Signal x, Codes codes) {
    Signal output = step(new Operation.Quantize(), x.dimensions(), codes, x);
    quantizedOf.put(output, x);
    return output;
  }

  /** What was quantized to these codes; itself if a step gives codes at once. */
  Signal beforeQuantizing(Signal codes) {
    return quantizedOf.getOrDefault(codes, codes);
  }

  /** The tensor of an attribute. */
  Constant constant(TensorProto tensor) {
    return tensors.constant(tensor);
  }
}
