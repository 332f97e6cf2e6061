// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.FileFormatException;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.graph.Step;

/**
 * The tensors of a file as signals, and the steps that make them. Images of the file are N x H x W
 * x C; what an operator on images gives is kept as N x C x H x W, and transposed only for those who
 * ask for the file's form, which costs nothing when the network runs.
 */
final class Signals {
  private static final int[] CHANNELS_FIRST = {0, 3, 1, 2};
  private static final int[] CHANNELS_LAST = {0, 2, 3, 1};

  /** How often constants may be copied: a file whose operators share weights needs some. */
  private static final int MOST_COPIES = 8;

  private final TfliteModel model;
  private final TensorNames names;
  private final Map<Integer, Signal> plain = new HashMap<>();
  private final Map<Integer, Signal> images = new HashMap<>();
  private final Map<Integer, Integer> aliases = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private TfliteOperator operator;
  private long copied;

  Signals(TfliteModel model, TensorNames names) {
    this.model = model;
    this.names = names;
  }

  /** Says what operator the next steps are for. */
  void begin(TfliteOperator next) {
    operator = next;
  }

  /** Adds the input of the model. */
  void input(int index) {
    plain.put(index, TensorForms.signal(tensor(index), names.of(index)));
  }

  /** The steps so far. */
  List<Step> steps() {
    return steps;
  }

  /** What the user must know. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The tensor that an operator takes. */
  TfliteTensor tensor(int index) {
    return model.tensor(index);
  }

  /** The name of a tensor. */
  String name(int index) {
    return names.of(index);
  }

  /** Tells the user something, once. */
  void note(String sentence) {
    notes.add(sentence);
  }

  /**
   * A constant of the file.
   *
   * @param what it is, for errors
   */
  Constant constant(String what, int index) {
    int from = aliases.getOrDefault(index, index);
    if (from < 0 || !tensor(from).isConstant()) {
      throw new NotTakenException(
          what + (from < 0 ? " left out" : " from an operator"),
          "let it be a constant of the file");
    }
    copied += tensor(from).data().remaining();
    if (copied > (long) MOST_COPIES * model.bytes()) {
      throw new FileFormatException(
          model.file(),
          operator.toString(),
          "constants of %,d bytes in all".formatted(copied),
          "at most %d times the file".formatted(MOST_COPIES),
          "convert the model again");
    }
    return TensorForms.constant(tensor(from));
  }

  /** Whether a tensor is a constant of the file. */
  boolean isConstant(int index) {
    return tensor(aliases.getOrDefault(index, index)).isConstant();
  }

  /** Takes a tensor for another one. */
  void alias(int index, int of) {
    aliases.put(index, aliases.getOrDefault(of, of));
  }

  /** A tensor that flows, as the file has it. */
  Signal plain(int index) {
    int from = aliases.getOrDefault(index, index);
    Signal own = plain.get(from);
    if (own == null && images.containsKey(from)) {
      Signal image = images.get(from);
      own = transposed(image, names.of(from), CHANNELS_LAST);
      plain.put(from, own);
    }
    if (own == null) {
      throw new NotTakenException(
          from < 0 ? "an input left out" : "%s as a constant".formatted(tensor(from)),
          "let it be what an operator gives");
    }
    return own;
  }

  /** A tensor that flows, as samples x channels x height x width. */
  Signal image(int index) {
    int from = aliases.getOrDefault(index, index);
    Signal own = images.get(from);
    if (own == null) {
      Signal last = plain(from);
      if (last.rank() != 4) {
        throw new NotTakenException(
            "images of %d dimensions".formatted(last.rank()),
            "give it samples x height x width x channels");
      }
      own = transposed(last, names.of(from) + ";channels-first", CHANNELS_FIRST);
      images.put(from, own);
    }
    return own;
  }

  /** What a tensor that flows is codes of; null where it is fp32. */
  Codes codes(int index) {
    return isImage(index) ? image(index).codes() : plain(index).codes();
  }

  /** Whether a tensor is images, which layers take as samples x channels x height x width. */
  boolean isImage(int index) {
    int from = aliases.getOrDefault(index, index);
    return from >= 0 && tensor(from).rank() == 4;
  }

  private Signal transposed(Signal from, String name, int[] axes) {
    int[] shape = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      shape[i] = from.dimension(axes[i]);
    }
    Signal to = Signal.of(name, shape).as(from.codes());
    steps.add(new Step("TRANSPOSE", name, new Operation.Transpose(axes), List.of(from), to));
    return to;
  }

  /** What an operator gives, as the file has it; of the file's codes. */
  Signal plainOutput(int index, int... shape) {
    Signal stated = TensorForms.signal(tensor(index), names.of(index));
    checkShape(index, shape);
    return stated;
  }

  /** What an operator gives, as samples x channels x height x width; of the file's codes. */
  Signal imageOutput(int index, int... shape) {
    Signal stated = TensorForms.signal(tensor(index), names.of(index));
    checkShape(index, shape[0], shape[2], shape[3], shape[1]);
    return Signal.of(names.of(index) + ";channels-first", shape).as(stated.codes());
  }

  private void checkShape(int index, int... shape) {
    if (!Arrays.equals(shape, tensor(index).shape())) {
      throw new FileFormatException(
          model.file(),
          operator + " outputs",
          tensor(index).toString(),
          "the shape " + Arrays.toString(shape),
          "convert the model again");
    }
  }

  /** Adds a step, and keeps what it gives as the tensor in the file's form. */
  void plain(int index, Operation operation, List<Signal> inputs, Signal output) {
    add(operation, inputs, output);
    keepPlain(index, output);
  }

  /** Keeps what a step gives as the tensor in the file's form. */
  void keepPlain(int index, Signal output) {
    plain.put(index, output);
  }

  /** Adds a step, and keeps what it gives as the tensor of channels first. */
  void image(int index, Operation operation, List<Signal> inputs, Signal output) {
    add(operation, inputs, output);
    keepImage(index, output);
  }

  /** Keeps what a step gives as the tensor of channels first. */
  void keepImage(int index, Signal output) {
    images.put(index, output);
  }

  /** Adds a step. */
  void add(Operation operation, List<Signal> inputs, Signal output) {
    steps.add(new Step(operator.type(), names.of(operator), operation, inputs, output));
  }
}
