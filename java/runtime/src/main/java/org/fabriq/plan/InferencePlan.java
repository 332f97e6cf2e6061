// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.fabriq.model.Mlp;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;

/**
 * A network as steps on devices, with every buffer for a batch made beforehand. For use by one
 * thread at a time. Closing it frees the resident weights, not the devices.
 */
public final class InferencePlan implements AutoCloseable {
  /** One layer's place: what computes it, and where. */
  public record Placement(LayerKernel kernel, Device device) {}

  private final List<LayerStep> steps = new ArrayList<>();
  private final List<Float32Tensor> buffers = new ArrayList<>();
  private final int batch;

  /**
   * Places every layer of a model.
   *
   * @param place for a layer's index (0 is the first), its place
   * @param batch the largest number of rows of a run
   */
  public InferencePlan(Mlp model, IntFunction<Placement> place, int batch) {
    this.batch = batch;
    try {
      for (int i = 0; i < model.layers().size(); i++) {
        Placement placement = place.apply(i);
        steps.add(new LayerStep(placement.kernel(), placement.device(), batch));
        buffers.add(Float32Tensor.allocate(batch, model.layers().get(i).outputs()));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The whole model in fp32 on one device. */
  public static InferencePlan float32(Mlp model, Device device, int batch) {
    return new InferencePlan(
        model, i -> new Placement(LayerKernel.f32f32(model.layers().get(i)), device), batch);
  }

  /**
   * Runs the network.
   *
   * @param x M x inputs, M at most the batch
   * @param times one per layer, or null
   * @return M x outputs, the last layer's values; overwritten by the next run
   */
  public Float32Tensor run(Float32Tensor x, LayerTimes[] times) {
    Float32Tensor value = x;
    for (int i = 0; i < steps.size(); i++) {
      value = runStep(i, value, times == null ? null : times[i]);
    }
    return value;
  }

  /**
   * Runs the network and compares the kernels of some layers with the reference on the way.
   *
   * @param x M x inputs, M at most the batch
   * @param layers indices of the layers to compare, from 0
   * @return how many elements of those layers' C differ in a bit
   */
  public long mismatches(Float32Tensor x, Set<Integer> layers) {
    long count = 0;
    Float32Tensor value = x;
    for (int i = 0; i < steps.size(); i++) {
      if (layers.contains(i)) {
        count += steps.get(i).mismatches(value);
      }
      value = runStep(i, value, null);
    }
    return count;
  }

  private Float32Tensor runStep(int i, Float32Tensor in, LayerTimes times) {
    Float32Tensor whole = buffers.get(i);
    Float32Tensor out = in.rows() >= batch ? whole : whole.rows(0, in.rows());
    steps.get(i).run(in, out, times);
    return out;
  }

  /** The steps, in order. */
  public List<LayerStep> steps() {
    return List.copyOf(steps);
  }

  /** Frees the resident weights of all steps. */
  @Override
  public void close() {
    steps.forEach(LayerStep::close);
  }
}
