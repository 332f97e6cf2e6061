// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.FabriqException;
import org.fabriq.importers.graph.ModelGraph;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.graph.Step;
import org.fabriq.importing.ImportedModel;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.RefusedModelException;
import org.fabriq.model.SampleShape;

/**
 * Walks over a model and has its layers made: in fp32 where nothing is quantized, else in integers.
 * Layout is dealt with here, by views; a layer gets its input as it wants it, or is refused.
 */
public final class Lowering {
  private Lowering() {}

  /**
   * The network of a model.
   *
   * @throws RefusedModelException if steps are not taken; names all of them but those that only
   *     lack what these would give
   */
  public static ImportedModel network(ModelGraph graph) {
    if (graph.input() == null) {
      throw new RefusedModelException(graph.file(), graph.refusals(), graph.operations());
    }
    ModelGraph ready = AffineMerging.merge(graph.onlyNeeded());
    return ready.quantized()
        ? new Walk<>(ready, new IntegerMaker()).run()
        : new Walk<>(ready, new FloatMaker()).run();
  }

  /** Axes of samples, of axes counted with the batch. */
  static int[] sampleAxes(int[] axes) {
    if (axes[0] != 0) {
      throw new NotTakenException(
          "axes %s move the batch".formatted(Arrays.toString(axes)),
          "keep the batch as the first axis");
    }
    return Arrays.stream(axes).skip(1).map(axis -> axis - 1).toArray();
  }

  private static final class Walk<T> {
    private final ModelGraph graph;
    private final LayerMaker<T> maker;
    private final Map<Signal, View<T>> views = new HashMap<>();
    private final Set<Signal> missing = new HashSet<>();
    private final List<Refusal> refusals;
    private final List<String> notes;

    Walk(ModelGraph graph, LayerMaker<T> maker) {
      this.graph = graph;
      this.maker = maker;
      this.notes = new ArrayList<>(graph.notes());
      this.refusals = new ArrayList<>(graph.refusals());
    }

    ImportedModel run() {
      try {
        input();
        graph.steps().forEach(this::lower);
      } catch (FabriqException e) {
        refusals.add(NotTakenException.refusal("input", graph.input().name(), e));
      }
      if (refusals.isEmpty()) {
        View<T> output = views.get(graph.output());
        noteOutput(output);
        return finish(output.source());
      }
      throw new RefusedModelException(graph.file(), refusals, graph.operations());
    }

    private void input() {
      InputForm form = InputForm.of(graph);
      Signal input = graph.input();
      T source = maker.input(form.shape(), input.codes());
      views.put(input, new View<>(source, input.sample(), form.order()));
      if (form.order() != null) {
        notes.add(
            ("The file takes samples of %s; the network takes the same values as %s. Data that"
                    + " lies as the file takes it is read with --layout nhwc.")
                .formatted(Arrays.toString(input.sample()), form.shape()));
      }
    }

    private ImportedModel finish(T output) {
      try {
        return maker.finish(output, notes).withOperations(graph.operations());
      } catch (FabriqException e) {
        String name = graph.output().name();
        refusals.add(NotTakenException.refusal("output", name, e));
        throw new RefusedModelException(graph.file(), refusals, graph.operations());
      }
    }

    private void noteOutput(View<T> output) {
      if (output.order() != null) {
        notes.add(
            "The file gives samples of %s; the network gives the same values as %s."
                .formatted(Arrays.toString(output.shape()), maker.shape(output.source())));
      }
    }

    private void lower(Step step) {
      if (step.inputs().stream().anyMatch(missing::contains)) {
        missing.add(step.output());
        return;
      }
      maker.begin((step.operator() + " " + step.node()).strip());
      try {
        View<T> view = view(step);
        if (step.output().codes() != null && !(step.operation() instanceof Operation.Quantize)) {
          view = view.of(maker.quantize(step.output().codes(), view.source()));
        }
        views.put(step.output(), view);
      } catch (FabriqException e) {
        refusals.add(NotTakenException.refusal(step.operator(), step.node(), e));
        missing.add(step.output());
      }
    }

    private View<T> view(Step step) {
      Operation operation = step.operation();
      View<T> x = views.get(step.inputs().get(0));
      int[] shape = step.output().sample();
      if (operation instanceof Operation.Transpose transpose) {
        return x.transposed(sampleAxes(transpose.axes()));
      } else if (operation instanceof Operation.Reshape) {
        return x.reshaped(shape);
      } else if (operation instanceof Operation.Quantize) {
        return x.of(maker.quantize(step.output().codes(), x.source()));
      } else if (operation instanceof Operation.Clip clip) {
        return x.of(maker.clip(clip, x.source()));
      } else if (operation instanceof Operation.Function function) {
        return x.of(maker.function(function.layer(), x.source()));
      } else if (operation instanceof Operation.Table table) {
        return x.of(maker.table(table, step.output().codes(), x.source()));
      } else if (operation instanceof Operation.Affine affine) {
        return affine(affine, x);
      } else if (operation instanceof Operation.Dense dense) {
        return View.of(dense(dense, x), shape);
      } else if (operation instanceof Operation.Conv2d conv) {
        return View.of(maker.conv2d(conv, image(x)), shape);
      } else if (operation instanceof Operation.MaxPool pool) {
        return View.of(maker.maxPool(pool, image(x)), shape);
      } else if (operation instanceof Operation.AveragePool pool) {
        return View.of(maker.averagePool(pool, image(x)), shape);
      } else if (operation instanceof Operation.GlobalAveragePool) {
        return View.of(maker.globalAveragePool(image(x)), shape);
      } else if (operation instanceof Operation.Pad pad) {
        return View.of(maker.pad(pad, image(x)), shape);
      } else if (operation instanceof Operation.BatchNorm norm) {
        return batchNorm(norm, x);
      } else if (operation instanceof Operation.Add) {
        return add(x, views.get(step.inputs().get(1)));
      } else if (operation instanceof Operation.Concat concat) {
        return Joining.concat(maker, step.inputs().stream().map(views::get).toList(), concat);
      } else if (operation instanceof Operation.Softmax softmax) {
        return View.of(maker.softmax(softmax.logarithm(), vector(x)), shape);
      } else {
        return View.of(maker.argmax(vector(x)), 1);
      }
    }

    private View<T> affine(Operation.Affine affine, View<T> x) {
      SampleShape layer = maker.shape(x.source());
      PerChannel factor = PerChannel.of(affine.factor(), x, layer);
      PerChannel offset = PerChannel.of(affine.offset(), x, layer);
      return x.of(maker.affine(factor, offset, x.source()));
    }

    private View<T> batchNorm(Operation.BatchNorm norm, View<T> x) {
      boolean asLayer = x.order() == null && maker.shape(x.source()).channels() == x.shape()[0];
      return asLayer
          ? x.of(maker.batchNorm(norm, x.source()))
          : affine(AffineMerging.affine(norm, x.shape().length), x);
    }

    private View<T> add(View<T> left, View<T> right) {
      if (!Arrays.equals(left.shape(), right.shape())
          || !Arrays.equals(left.order(), right.order())) {
        throw new NotTakenException(
            "it adds %s and %s, or values in different order"
                .formatted(Arrays.toString(left.shape()), Arrays.toString(right.shape())),
            "add tensors of one shape and layout");
      }
      boolean alike = maker.shape(left.source()).equals(maker.shape(right.source()));
      T first = alike ? left.source() : flat(left.source());
      T second = alike ? right.source() : flat(right.source());
      return left.of(maker.add(first, second));
    }

    private T flat(T x) {
      return maker.shape(x).isImage() ? maker.flatten(x) : x;
    }

    /** A dense layer, its weights in the order in which the layer before gives its inputs. */
    private T dense(Operation.Dense dense, View<T> x) {
      if (!x.isVector()) {
        throw new NotTakenException(
            "it multiplies samples of %s by weights".formatted(Arrays.toString(x.shape())),
            "flatten samples to vectors before it");
      }
      T flat = flat(x.source());
      int[] from = View.inverse(x.order());
      if (from == null) {
        return maker.dense(dense, flat);
      }
      int rows = dense.weight().dimension(0);
      int[] order = new int[dense.weight().size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i / from.length * from.length + from[i % from.length];
      }
      return maker.dense(
          new Operation.Dense(
              dense.weight().gathered(order, new int[] {rows, from.length}, dense.weight().codes()),
              dense.bias()),
          flat);
    }

    /** A tensor that is an image, channel after channel, as its layer gives it. */
    private T image(View<T> x) {
      SampleShape image = View.image(x.shape());
      if (x.order() != null) {
        throw new NotTakenException(
            "its input is transposed and the layer before it does not give it so",
            "export with channels first; a Transpose is taken before the first and behind the last"
                + " layer, before Flatten, and where another undoes it");
      }
      if (!image.equals(maker.shape(x.source()))) {
        throw new NotTakenException(
            "it takes %s as an image of %s".formatted(maker.shape(x.source()), image),
            "do not make images of vectors between layers");
      }
      return x.source();
    }

    private T vector(View<T> x) {
      if (!x.isVector() || x.order() != null) {
        throw new NotTakenException(
            "its input is no vector, or in another order than the layer before it gives",
            "apply it to vectors of samples x classes");
      }
      return flat(x.source());
    }
  }
}
