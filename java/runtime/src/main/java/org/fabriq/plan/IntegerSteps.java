// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.IntegerPad;
import org.fabriq.integer.TfliteOutput;
import org.fabriq.integer.WeightedIntegerLayer;
import org.fabriq.model.Activation;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;

/** The steps of an {@link IntegerNetwork}: one for each layer, over buffers of codes. */
final class IntegerSteps implements StepSource {
  /** How a type of layer is computed: a row of {@link #ALL}. */
  private record Row<L extends IntegerLayer>(Class<L> type, Maker<L> maker) {
    Step make(IntegerLayer layer, StepPlace place, Device device) {
      return maker.make(type.cast(layer), place, device);
    }
  }

  @FunctionalInterface
  private interface Maker<L> {
    Step make(L layer, StepPlace place, Device device);
  }

  private static final List<Row<?>> ALL =
      List.of(
          new Row<>(IntegerDense.class, IntegerSteps::dense),
          new Row<>(IntegerConv2d.class, IntegerSteps::conv2d),
          new Row<>(CodeTable.class, (table, place, device) -> lookUp(table, place)),
          new Row<>(
              IntegerMaxPool.class,
              (pool, place, device) -> new CodePoolStep(place, pool.window(), null)),
          new Row<>(
              IntegerAveragePool.class,
              (pool, place, device) -> new CodePoolStep(place, pool.window(), pool)),
          new Row<>(IntegerFlatten.class, (flatten, place, device) -> HostSteps.flatten(place)),
          new Row<>(IntegerPad.class, (pad, place, device) -> pad(pad, place)),
          new Row<>(IntegerAdd.class, (add, place, device) -> add(add, place)),
          new Row<>(IntegerConcat.class, (concat, place, device) -> HostSteps.concat(place)));

  private final IntegerNetwork network;
  private final Placement<Device> place;

  /**
   * @param place of layers with weights, by name
   */
  IntegerSteps(IntegerNetwork network, Placement<Device> place) {
    this.network = network;
    this.place = place;
  }

  /** Whether a layer of this type has a row. */
  static boolean knows(Class<? extends IntegerLayer> type) {
    return ALL.stream().anyMatch(row -> row.type() == type);
  }

  /** Whether a device computes layers of this kind, not the host. */
  static boolean usesDevice(IntegerLayer layer) {
    return layer instanceof WeightedIntegerLayer && !DepthwiseStep.takes(layer);
  }

  @Override
  public int count() {
    return network.graph().size();
  }

  @Override
  public String name(int i) {
    return network.graph().layer(i).name();
  }

  @Override
  public int[] inputs(int i) {
    return network.graph().inputs(i);
  }

  @Override
  public SampleShape input() {
    return network.input();
  }

  @Override
  public SampleShape shape(int i) {
    return network.outputOf(i);
  }

  @Override
  public DataType inputType() {
    return DataType.INT8;
  }

  @Override
  public DataType type(int i) {
    return network.graph().layer(i).outputCodes().isPresent() ? DataType.INT8 : DataType.INT32;
  }

  @Override
  public Step step(int i, StepPlace where) {
    IntegerLayer layer = network.graph().layer(i);
    for (Row<?> row : ALL) {
      if (row.type().isInstance(layer)) {
        return row.make(layer, where, usesDevice(layer) ? place.of(layer.name()) : null);
      }
    }
    throw new InvalidArgumentException("layer %s has no step".formatted(layer.name()));
  }

  private static Step dense(IntegerDense dense, StepPlace place, Device device) {
    Patches patches =
        new PatchRows(place.image(), Window.square(1, 1, 0), place.image().channels(), 0);
    return matmul(dense, patches, place, device);
  }

  private static Step conv2d(IntegerConv2d conv, StepPlace place, Device device) {
    if (DepthwiseStep.takes(conv)) {
      return new DepthwiseStep(conv, place);
    }
    int zero = conv.input().zeroPoint(0);
    Patches patches = new PatchRows(place.image(), conv.window(), conv.channelsOfGroup(), zero);
    return matmul(conv, patches, place, device);
  }

  private static Step matmul(
      WeightedIntegerLayer layer, Patches patches, StepPlace place, Device device) {
    LayerKernel kernel = LayerKernel.integers(layer);
    Optional<TfliteOutput> rounding = layer.weights().tflite();
    if (rounding.isEmpty()) {
      return new MatmulStep(
          kernel, Activation.NONE, patches, device, place.input(), place.output());
    }
    Int8Tensor out = place.outputCodes();
    Int32Tensor accumulators = Int32Tensor.allocate(out.rows(), out.columns());
    MatmulStep matmul =
        new MatmulStep(kernel, Activation.NONE, patches, device, place.input(), accumulators);
    return new TfliteMatmulStep(matmul, rounding.get(), accumulators, out, patches.rowsPerSample());
  }

  private static Step lookUp(CodeTable table, StepPlace place) {
    byte[] codes = table.table();
    Int8Tensor in = place.codes();
    Int8Tensor out = place.outputCodes();
    int size = place.image().size();
    return HostSteps.of(
        samples -> {
          for (int i = 0; i < samples * size; i++) {
            out.set(i, codes[in.get(i) + 128]);
          }
        });
  }

  private static Step pad(IntegerPad pad, StepPlace place) {
    byte[] pixel = new byte[place.image().channels()];
    Arrays.fill(pixel, (byte) pad.code());
    return HostSteps.pad(place, pad.top(), pad.left(), ByteBuffer.wrap(pixel));
  }

  private static Step add(IntegerAdd add, StepPlace place) {
    Int8Tensor left = place.codes();
    Int8Tensor right = (Int8Tensor) place.inputs().get(1);
    Int8Tensor out = place.outputCodes();
    int size = place.shape().size();
    return HostSteps.of(
        samples -> {
          for (int i = 0; i < samples * size; i++) {
            out.set(i, add.sum(left.get(i), right.get(i)));
          }
        });
  }
}
