// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerFlatten;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerMaxPool;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * An integer graph on devices: each dense layer and convolution on a device of choice, tables and
 * pooling in the host's memory, every buffer for a batch made beforehand. It gives the bits of
 * {@link ReferenceNetwork} on every device. A run of as many samples as the one before it allocates
 * nothing. For use by one thread at a time. Closing it frees the resident weights, not the devices.
 */
public final class GraphPlan implements AutoCloseable {
  private final IntegerNetwork graph;
  private final int batch;
  private final List<GraphStep> steps = new ArrayList<>();
  private final List<Tensor> buffers = new ArrayList<>();
  private Tensor result;

  /**
   * Places the layers of a graph.
   *
   * @param place for the index of a dense layer or convolution (0 is the graph's first layer), its
   *     device
   * @param batch the largest number of samples of a run
   * @throws InvalidArgumentException if it is below 1, or a layer's results are over 2^31 - 1 bytes
   */
  public GraphPlan(IntegerNetwork graph, IntFunction<Device> place, int batch) {
    if (batch < 1) {
      throw new InvalidArgumentException("batch %d is below 1".formatted(batch));
    }
    this.graph = graph;
    this.batch = batch;
    try {
      buffers.add(buffer(DataType.INT8, graph.input()));
      for (int i = 0; i < graph.layers().size(); i++) {
        add(i, place);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.result = Tensor.allocate(graph.outputType(), graph.output().tensorShape(batch));
  }

  /** The whole graph on one device. */
  public static GraphPlan on(IntegerNetwork graph, Device device, int batch) {
    return new GraphPlan(graph, i -> device, batch);
  }

  private Tensor buffer(DataType type, SampleShape shape) {
    long pixels = (long) batch * shape.height() * shape.width();
    if (pixels * shape.channels() * type.bytes() > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "a batch of %,d samples of %s %s is over 2^31 - 1 bytes; use a smaller batch"
              .formatted(batch, type, shape));
    }
    return Tensor.allocate(type, (int) pixels, shape.channels());
  }

  private void add(int i, IntFunction<Device> place) {
    IntegerLayer layer = graph.layers().get(i);
    SampleShape image = graph.inputOf(i);
    Int8Tensor in = (Int8Tensor) buffers.get(graph.graph().inputs(i)[0] + 1);
    DataType type = layer.outputCodes().isPresent() ? DataType.INT8 : DataType.INT32;
    Tensor out = buffer(type, graph.outputOf(i));
    buffers.add(out);
    if (layer instanceof IntegerConv2d conv) {
      PatchRows patches =
          new PatchRows(image, conv.window(), conv.channelsOfGroup(), conv.input().zeroPoint(0));
      steps.add(
          new GraphMatmulStep(conv.weights(), conv.groups(), patches, place.apply(i), in, out));
    } else if (layer instanceof IntegerDense dense) {
      PatchRows patches = new PatchRows(image, Window.square(1, 1, 0), image.channels(), 0);
      steps.add(new GraphMatmulStep(dense.weights(), 1, patches, place.apply(i), in, out));
    } else if (layer instanceof IntegerMaxPool pool) {
      steps.add(new GraphPoolStep(image, pool.window(), null, in, (Int8Tensor) out));
    } else if (layer instanceof IntegerAveragePool pool) {
      steps.add(new GraphPoolStep(image, pool.window(), pool, in, (Int8Tensor) out));
    } else if (layer instanceof IntegerFlatten) {
      int pixels = image.height() * image.width();
      steps.add(samples -> ChannelOrder.toFirst(in, out, samples, image.channels(), pixels));
    } else if (layer instanceof CodeTable table) {
      steps.add(samples -> lookUp(table, in, (Int8Tensor) out, samples * image.size()));
    } else {
      throw new InvalidArgumentException("layer %s has no step".formatted(layer.name()));
    }
  }

  private static void lookUp(CodeTable table, Int8Tensor in, Int8Tensor out, int count) {
    for (int i = 0; i < count; i++) {
      out.set(i, table.apply(in.get(i)));
    }
  }

  /**
   * Runs the graph.
   *
   * @param codes M samples of input codes, M at most the batch: axis 0 is M, and the codes of each
   *     are as many as an input's
   * @return M x output shape, int32 or int8 as {@link IntegerNetwork#outputType}; overwritten by
   *     the next run
   */
  public Tensor run(Int8Tensor codes) {
    return run(codes, null);
  }

  /**
   * Runs the graph and measures.
   *
   * @param nanos receives the time of each layer, or null
   */
  public Tensor run(Int8Tensor codes, long[] nanos) {
    int samples = checkedSamples(codes);
    SampleShape shape = graph.input();
    ChannelOrder.toLast(
        codes, buffers.get(0), samples, shape.channels(), shape.height() * shape.width());
    for (int i = 0; i < steps.size(); i++) {
      long start = nanos == null ? 0 : System.nanoTime();
      steps.get(i).run(samples);
      if (nanos != null) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    if (result.dimension(0) != samples) {
      result = Tensor.allocate(graph.outputType(), graph.output().tensorShape(samples));
    }
    copyOutput(steps.size() - 1, samples, result);
    return result;
  }

  private int checkedSamples(Int8Tensor codes) {
    int size = graph.input().size();
    int samples = codes.rank() == 0 ? 0 : codes.dimension(0);
    if (samples == 0 || codes.size() / samples != size) {
      throw new InvalidArgumentException(
          "codes %s for samples of %s; axis 0 must be the samples".formatted(codes, graph.input()));
    }
    if (samples > batch) {
      throw new InvalidArgumentException(
          "%d samples are over the batch of %d this plan was made for".formatted(samples, batch));
    }
    return samples;
  }

  private void copyOutput(int layer, int samples, Tensor to) {
    SampleShape shape = graph.outputOf(layer);
    ChannelOrder.toFirst(
        buffers.get(layer + 1), to, samples, shape.channels(), shape.height() * shape.width());
  }

  /**
   * Runs the graph here and by its definition, and counts the elements of all layers' outputs that
   * differ.
   */
  public long mismatches(Int8Tensor codes) {
    int samples = run(codes).dimension(0);
    long[] count = {0};
    ReferenceNetwork.run(
        graph,
        codes,
        (index, layer, in, expected) -> {
          Tensor found = Tensor.allocate(expected.type(), expected.shape());
          copyOutput(index, samples, found);
          count[0] += found.mismatches(expected);
        });
    return count[0];
  }

  /** What it runs. */
  public IntegerNetwork graph() {
    return graph;
  }

  /** The largest number of samples of a run. */
  public int batch() {
    return batch;
  }

  /** Frees the resident weights. */
  @Override
  public void close() {
    steps.forEach(GraphStep::close);
  }
}
