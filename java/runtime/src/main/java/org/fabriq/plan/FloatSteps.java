// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.ArgmaxLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.PadLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.SoftmaxLayer;
import org.fabriq.model.WeightedLayer;
import org.fabriq.model.Window;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;

/**
 * The steps of a network whose layers take and give fp32, whatever their kernels compute in. A
 * layer with weights and the activation function directly behind it are one step, so that reading
 * int8 outputs back and the function are one table.
 */
final class FloatSteps implements StepSource {
  /** How a type of layer is computed: a row of {@link #ALL}; the first whose type it is holds. */
  private record Row<L extends Layer>(Class<L> type, Maker<L> maker) {
    Step make(Layer layer, StepPlace place) {
      return maker.make(type.cast(layer), place);
    }
  }

  @FunctionalInterface
  private interface Maker<L> {
    Step make(L layer, StepPlace place);
  }

  private static final List<Row<?>> ALL =
      List.of(
          new Row<>(
              MaxPoolLayer.class, (pool, place) -> new FloatPoolStep(place, pool.window(), null)),
          new Row<>(
              AveragePoolLayer.class,
              (pool, place) -> new FloatPoolStep(place, pool.window(), pool)),
          new Row<>(
              GlobalAveragePoolLayer.class,
              (pool, place) -> {
                AveragePoolLayer average = pool.over(place.image());
                return new FloatPoolStep(place, average.window(), average);
              }),
          new Row<>(FlattenLayer.class, (flatten, place) -> HostSteps.flatten(place)),
          new Row<>(PadLayer.class, FloatSteps::pad),
          new Row<>(AddLayer.class, (add, place) -> add(place)),
          new Row<>(ConcatLayer.class, (concat, place) -> HostSteps.concat(place)),
          new Row<>(ActivationLayer.class, FloatSteps::activation),
          new Row<>(FunctionLayer.class, FloatSteps::function),
          new Row<>(SoftmaxLayer.class, FloatSteps::softmax),
          new Row<>(ArgmaxLayer.class, FloatSteps::argmax));

  private final Network network;
  private final LayerGraph<Layer> graph;
  private final Placement<KernelPlace> place;
  private final List<Unit> units = new ArrayList<>();
  private final Map<Integer, Integer> unitOfTensor = new HashMap<>();

  /** The layers of a step: the first one, and the last one, which may be the same. */
  private record Unit(int first, int last) {}

  /**
   * @param place of layers with weights, by name
   */
  FloatSteps(Network network, Placement<KernelPlace> place) {
    this.network = network;
    this.graph = network.graph();
    this.place = place;
    unitOfTensor.put(-1, -1);
    for (int i = 0; i < graph.size(); i++) {
      if (!unitOfTensor.containsKey(i)) {
        int last = activationBehind(i) == Activation.NONE ? i : graph.onlyReader(i);
        unitOfTensor.put(i, units.size());
        unitOfTensor.put(last, units.size());
        units.add(new Unit(i, last));
      }
    }
  }

  /** Whether a layer of this type has a row or is one with weights. */
  static boolean knows(Class<? extends Layer> type) {
    return WeightedLayer.class.isAssignableFrom(type)
        || ALL.stream().anyMatch(row -> row.type().isAssignableFrom(type));
  }

  private Activation activationBehind(int i) {
    int next = graph.onlyReader(i);
    return graph.layer(i) instanceof WeightedLayer
            && next >= 0
            && graph.layer(next) instanceof ActivationLayer function
        ? function.activation()
        : Activation.NONE;
  }

  @Override
  public int count() {
    return units.size();
  }

  @Override
  public String name(int i) {
    return graph.layer(units.get(i).first()).name();
  }

  @Override
  public int[] inputs(int i) {
    int[] inputs = graph.inputs(units.get(i).first());
    for (int k = 0; k < inputs.length; k++) {
      inputs[k] = unitOfTensor.get(inputs[k]);
    }
    return inputs;
  }

  @Override
  public SampleShape input() {
    return network.input();
  }

  @Override
  public SampleShape shape(int i) {
    return network.outputOf(units.get(i).last());
  }

  @Override
  public DataType inputType() {
    return DataType.FLOAT32;
  }

  @Override
  public DataType type(int i) {
    return DataType.FLOAT32;
  }

  @Override
  public Step step(int i, StepPlace where) {
    int first = units.get(i).first();
    Layer layer = graph.layer(first);
    if (layer instanceof WeightedLayer weighted) {
      return matmul(weighted, activationBehind(first), where);
    }
    for (Row<?> row : ALL) {
      if (row.type().isInstance(layer)) {
        return row.make(layer, where);
      }
    }
    throw new InvalidArgumentException(
        "layer %s has no step; fold normalization into the layer before it"
            .formatted(layer.name()));
  }

  private Step matmul(WeightedLayer layer, Activation activation, StepPlace where) {
    KernelPlace own = place.of(layer.name());
    SampleShape image = where.image();
    Window window = layer instanceof Conv2dLayer conv ? conv.window() : Window.square(1, 1, 0);
    int channels = layer instanceof DenseLayer dense ? dense.inputs() : layer.weight().dimension(1);
    LayerKernel kernel = own.kernel();
    Patches patches =
        kernel.input() == null
            ? new FloatPatchRows(image, window, channels)
            : new PatchRows(image, window, channels, kernel.input().zeroPoint(0));
    return new MatmulStep(kernel, activation, patches, own.device(), where.input(), where.output());
  }

  private static Step pad(PadLayer pad, StepPlace place) {
    ByteBuffer pixel =
        ByteBuffer.allocate(Float.BYTES * place.image().channels()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < place.image().channels(); i++) {
      pixel.putFloat(Float.BYTES * i, pad.value());
    }
    return HostSteps.pad(place, pad.top(), pad.left(), pixel);
  }

  private static Step add(StepPlace place) {
    Float32Tensor left = place.values();
    Float32Tensor right = (Float32Tensor) place.inputs().get(1);
    Float32Tensor out = place.outputValues();
    int size = place.shape().size();
    return HostSteps.of(
        samples -> {
          for (int i = 0; i < samples * size; i++) {
            out.set(i, left.get(i) + right.get(i));
          }
        });
  }

  private static Step activation(ActivationLayer layer, StepPlace place) {
    Float32Tensor out = place.outputValues();
    int rows = place.shape().height() * place.shape().width();
    return new InPlaceStep(place.values(), out, rows, layer.activation());
  }

  private static Step function(FunctionLayer layer, StepPlace place) {
    Float32Tensor in = place.values();
    Float32Tensor out = place.outputValues();
    int size = place.shape().size();
    return HostSteps.of(
        samples -> {
          for (int i = 0; i < samples * size; i++) {
            out.set(i, (float) layer.value(in.get(i)));
          }
        });
  }

  private static Step softmax(SoftmaxLayer layer, StepPlace place) {
    return HostSteps.of(samples -> layer.apply(place.values(), place.outputValues(), samples));
  }

  private static Step argmax(ArgmaxLayer layer, StepPlace place) {
    return HostSteps.of(samples -> layer.apply(place.values(), place.outputValues(), samples));
  }
}
