// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.lowering.Held.Coded;
import org.fabriq.importers.lowering.Held.Curve;
import org.fabriq.importers.lowering.Held.Finished;
import org.fabriq.importers.lowering.Held.FunctionOfValue;
import org.fabriq.importers.lowering.Held.Input;
import org.fabriq.importers.lowering.Held.Limit;
import org.fabriq.importers.lowering.Held.Line;
import org.fabriq.importers.lowering.Held.Pending;
import org.fabriq.importing.ImportedModel;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerFlatten;
import org.fabriq.integer.IntegerMaxPool;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.IntegerPad;
import org.fabriq.model.ArgmaxLayer;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.PadLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.SoftmaxLayer;
import org.fabriq.model.Window;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Float32Tensor;

/**
 * Makes the layers of an {@link IntegerNetwork}. What a file computes between codes is held back
 * until the codes that it becomes are known, and is one layer of integers then.
 */
final class IntegerMaker implements LayerMaker<Held> {
  private final LayerNames names = new LayerNames();
  private final IntegerLayers layers = new IntegerLayers(names);

  @Override
  public void begin(String source) {
    names.begin(source);
  }

  @Override
  public Held input(SampleShape shape, Codes codes) {
    return codes == null ? new Input(shape, 1) : layers.input(shape, codes.int8());
  }

  @Override
  public SampleShape shape(Held x) {
    return x.shape();
  }

  /** The codes that a layer must be given; those of values on the grid of codes are codes too. */
  private Coded coded(Held x) {
    if (x instanceof Coded coded) {
      return coded;
    }
    if (x instanceof Pending pending) {
      return layers.onGrid(pending);
    }
    throw unquantized(x);
  }

  private static NotTakenException unquantized(Held x) {
    if (x instanceof Finished) {
      return new NotTakenException(
          "it follows a layer that the host computes behind the integers",
          "end the model with softmax and argmax");
    }
    return new NotTakenException(
        "it takes the input before that is quantized",
        "put QuantizeLinear directly behind the model's input");
  }

  private Pending pending(Region region) {
    return new Pending(region, List.of(), List.of(names.current()));
  }

  /** What moves or compares values: applied to codes now or as soon as they are known. */
  private Held moved(Held x, SampleShape shape, UnaryOperator<Coded> operation) {
    if (x instanceof Pending pending && !layers.isOnGrid(pending)) {
      return new Pending(
          new Region.Moved(pending, operation, shape), List.of(), List.of(names.current()));
    }
    return operation.apply(coded(x));
  }

  @Override
  public Held flatten(Held x) {
    return moved(
        x,
        SampleShape.vector(x.shape().size()),
        codes -> layers.add(new IntegerFlatten(names.name("flatten"), codes.encoding()), codes));
  }

  @Override
  public Held dense(Operation.Dense dense, Held x) {
    SampleShape shape = SampleShape.vector(dense.weight().dimension(0));
    QuantizedTensor codes = IntegerLayers.weight(dense.weight());
    return pending(new Region.Product(coded(x), codes, dense.bias(), null, 1, shape));
  }

  @Override
  public Held conv2d(Operation.Conv2d conv, Held x) {
    Float32Tensor weight = Float32Tensor.allocate(conv.weight().shape());
    SampleShape shape =
        new Conv2dLayer(names.current(), weight, null, conv.window(), conv.groups())
            .output(x.shape());
    QuantizedTensor codes = IntegerLayers.weight(conv.weight());
    return pending(
        new Region.Product(coded(x), codes, conv.bias(), conv.window(), conv.groups(), shape));
  }

  @Override
  public Held batchNorm(Operation.BatchNorm norm, Held x) {
    throw new IllegalStateException("batch normalization is a constant here: " + names.current());
  }

  @Override
  public Held affine(PerChannel factor, PerChannel offset, Held x) {
    boolean uniform = (factor == null || factor.uniform()) && (offset == null || offset.uniform());
    if (x instanceof Input input) {
      boolean scaled = uniform && offset == null && factor.values()[0] > 0;
      if (!scaled) {
        throw new NotTakenException(
            "the input is not only multiplied by one positive number before it is quantized",
            "leave it out, and give the network what it computes");
      }
      return new Input(input.shape(), input.scale() * factor.values()[0]);
    }
    if (uniform && (x instanceof Coded || x instanceof Pending)) {
      Line line = new Line(PerChannel.value(factor, 0, 1), PerChannel.value(offset, 0, 0));
      return function(line, x);
    }
    if (factor == null && offset.encoding() != null) {
      Coded codes = coded(x);
      return pending(new Region.Sum(codes, layers.constant(offset, codes)));
    }
    throw new NotTakenException(
        "it has a constant per channel, and is not directly behind a layer with weights",
        "fold it into the layer before it, quantize an added constant, or train PRelu with one"
            + " slope (num_parameters=1)");
  }

  @Override
  public Held maxPool(Operation.MaxPool pool, Held x) {
    return moved(
        x,
        layers.pooled(pool.window(), x.shape()),
        codes ->
            layers.add(
                new IntegerMaxPool(names.name("pool"), pool.window(), codes.encoding()), codes));
  }

  @Override
  public Held averagePool(Operation.AveragePool pool, Held x) {
    SampleShape shape = layers.pooled(pool.window(), x.shape());
    return pending(new Region.Mean(coded(x), pool.window(), pool.countPadding(), shape));
  }

  @Override
  public Held globalAveragePool(Held x) {
    Window whole = Window.whole(x.shape().height(), x.shape().width());
    return averagePool(new Operation.AveragePool(whole, false), x);
  }

  @Override
  public Held pad(Operation.Pad pad, Held x) {
    SampleShape shape =
        new PadLayer(names.current(), pad.top(), pad.left(), pad.bottom(), pad.right(), 0)
            .output(x.shape());
    boolean codesNow = x instanceof Coded || x instanceof Pending held && layers.isOnGrid(held);
    if (codesNow && !layers.isOnGrid(coded(x).encoding(), pad.value())) {
      Coded codes = coded(x);
      Pending later = new Pending(new Region.Identity(codes), List.of(), List.of());
      return new Pending(
          new Region.Moved(later, taken -> padded(pad, taken), shape),
          List.of(),
          List.of(names.current()));
    }
    return moved(x, shape, codes -> padded(pad, codes));
  }

  private Coded padded(Operation.Pad pad, Coded codes) {
    int code = codes.encoding().quantize(pad.value(), 0);
    return layers.add(
        new IntegerPad(
            names.name("pad"),
            pad.top(),
            pad.left(),
            pad.bottom(),
            pad.right(),
            code,
            codes.encoding()),
        codes);
  }

  @Override
  public Held add(Held left, Held right) {
    Coded first = coded(left);
    Coded second = coded(right);
    if (!first.shape().equals(second.shape())) {
      throw new NotTakenException(
          "it adds %s and %s".formatted(first.shape(), second.shape()), "add tensors of one shape");
    }
    return pending(new Region.Sum(first, second));
  }

  @Override
  public Held concat(List<Held> inputs) {
    SampleShape shape =
        ConcatLayer.output(names.current(), inputs.stream().map(Held::shape).toList());
    return pending(new Region.Joined(inputs, shape));
  }

  @Override
  public Held clip(Operation.Clip clip, Held x) {
    return function(new Limit(clip), x);
  }

  @Override
  public Held function(FunctionLayer layer, Held x) {
    return function(new Curve(layer), x);
  }

  private Held function(FunctionOfValue function, Held x) {
    if (x instanceof Coded codes) {
      return pending(new Region.Identity(codes)).then(function, names.current());
    }
    if (x instanceof Pending pending) {
      return pending.then(function, names.current());
    }
    throw unquantized(x);
  }

  @Override
  public Held table(Operation.Table table, Codes codes, Held x) {
    Coded from = coded(x);
    return layers.add(
        new CodeTable(names.name("table"), table.codes(), from.encoding(), codes.int8()), from);
  }

  @Override
  public Held softmax(boolean logarithm, Held x) {
    return epilogue(new SoftmaxLayer(names.name("softmax"), logarithm), x);
  }

  @Override
  public Held argmax(Held x) {
    return epilogue(new ArgmaxLayer(names.name("argmax")), x);
  }

  private Held epilogue(EpilogueLayer layer, Held x) {
    List<EpilogueLayer> all = new ArrayList<>();
    Held integers = x;
    if (x instanceof Finished finished) {
      integers = finished.integers();
      all.addAll(finished.layers());
    }
    all.add(layer);
    return new Finished(integers, all, layer.output(x.shape()));
  }

  @Override
  public Held quantize(Codes codes, Held x) {
    Codes.requireOne(codes.encoding().scales().length);
    if (x instanceof Input input) {
      return layers.input(input, codes.int8());
    }
    if (x instanceof Coded coded) {
      return layers.quantize(
          new Pending(new Region.Identity(coded), List.of(), List.of(names.current())),
          codes.int8());
    }
    if (x instanceof Pending pending) {
      return layers.quantize(pending, codes.int8());
    }
    layers.note(
        "%s quantizes what the host computes behind the integers; it is left out, the network's"
                .formatted(names.current())
            + " outputs are not rounded to codes.");
    return x;
  }

  @Override
  public ImportedModel finish(Held output, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    Held integers = output instanceof Finished finished ? finished.integers() : output;
    List<EpilogueLayer> epilogue =
        output instanceof Finished finished ? finished.layers() : List.of();
    if (integers instanceof Pending pending) {
      layers.last(pending);
    } else if (!(integers instanceof Coded)) {
      throw unquantized(integers);
    }
    all.addAll(layers.notes());
    IntegerNetwork network = layers.network(epilogue);
    return ImportedModel.of(network, layers.table(network), all);
  }
}
