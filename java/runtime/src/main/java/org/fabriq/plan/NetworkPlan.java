// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Network;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A network as steps on devices, with every buffer for a batch made beforehand: each dense layer
 * and convolution on a device of choice, the rest in the host's memory. A run of as many samples as
 * the one before it allocates nothing, but for programs whose batch takes several launches. For use
 * by one thread at a time. Closing it frees the resident weights and programs, not the devices. (Of
 * an integer network that holds for runs from codes; to make codes of values and values of integers
 * takes new tensors.)
 *
 * <p>Of an {@link IntegerNetwork} it gives the bits of {@link ReferenceNetwork} on every device. Of
 * a {@link Network} with fp32 kernels it gives those of {@link Network#forward}.
 */
public final class NetworkPlan implements AutoCloseable {
  private final PlanSteps steps;
  private final IntegerNetwork integers;
  private final OverlayParts parts;
  private Tensor result;

  private NetworkPlan(StepSource source, IntegerNetwork integers, OverlayParts parts, int batch) {
    this.steps = new PlanSteps(source, batch);
    this.integers = integers;
    this.parts = parts;
  }

  /**
   * Places an integer network. Layers that are on one device that takes whole networks ({@link
   * Device#overlay()}) are launched together, as far as they fit there; {@link #parts} tells which
   * are. A program of vectors computes as many at once as fit, up to the batch: fewer samples take
   * as long, so a plan for single ones has a batch of 1.
   *
   * @param place the device of each dense layer and convolution, by its name; the host computes
   *     depthwise convolutions that are in no program
   * @param batch the largest number of samples of a run
   * @throws InvalidArgumentException if it is below 1, or a layer's results are over 2^31 - 1 bytes
   */
  public static NetworkPlan of(IntegerNetwork network, Placement<Device> place, int batch) {
    return PlacedParts.possible(network, place)
        ? inParts(network, place, batch, new PlacedParts(network, place))
        : of(network, place, batch, Launch.LAYER);
  }

  /**
   * Places an integer network, launched in one way.
   *
   * @param place as {@link #of(IntegerNetwork, Placement, int)}
   * @throws InvalidArgumentException also if a layer with weights is in no program, and whole
   *     networks are wanted; with the reason
   */
  public static NetworkPlan of(
      IntegerNetwork network, Placement<Device> place, int batch, Launch launch) {
    if (launch == Launch.LAYER) {
      return new NetworkPlan(new IntegerSteps(network, place), network, null, batch);
    }
    return inParts(network, place, batch, wholly(network, place));
  }

  /**
   * Refuses what {@link #of(IntegerNetwork, Placement, int, Launch)} refuses to launch whole; makes
   * nothing and leaves the devices alone.
   *
   * @throws InvalidArgumentException if a layer with weights is in no program; with the reason
   */
  public static void checkLaunch(IntegerNetwork network, Placement<Device> place) {
    wholly(network, place);
  }

  private static PlacedParts wholly(IntegerNetwork network, Placement<Device> place) {
    PlacedParts placed = new PlacedParts(network, place);
    List<String> outside = placed.parts().outside();
    if (!outside.isEmpty()) {
      String first = outside.get(0);
      throw new InvalidArgumentException(
          "layer %s cannot be launched with others: %s; launch layer by layer"
              .formatted(first, placed.parts().reason(network.graph().index(first)).orElseThrow()));
    }
    return placed;
  }

  private static NetworkPlan inParts(
      IntegerNetwork network, Placement<Device> place, int batch, PlacedParts placed) {
    IntegerSteps layers = new IntegerSteps(network, place);
    return new NetworkPlan(
        new LaunchSteps(network, layers, placed), network, placed.parts(), batch);
  }

  /** Whether a layer of an integer network is computed on a device, not in the host's memory. */
  public static boolean usesDevice(IntegerLayer layer) {
    return IntegerSteps.usesDevice(layer);
  }

  /** The whole integer network on one device. */
  public static NetworkPlan on(IntegerNetwork network, Device device, int batch) {
    return of(network, layer -> device, batch);
  }

  /**
   * Places a network whose layers take and give fp32.
   *
   * @param network with batch normalization folded; of its weights only the kernels' count
   * @param place what computes each dense layer and convolution, and where, by its name
   * @param batch the largest number of samples of a run
   * @throws InvalidArgumentException if it is below 1, or a layer's results are over 2^31 - 1 bytes
   */
  public static NetworkPlan of(Network network, Placement<KernelPlace> place, int batch) {
    return new NetworkPlan(new FloatSteps(network, place), null, null, batch);
  }

  /** The whole network in fp32 on one device. */
  public static NetworkPlan float32(Network network, Device device, int batch) {
    return of(
        network,
        name -> new KernelPlace(LayerKernel.f32f32(network.weightedLayer(name)), device),
        batch);
  }

  /**
   * Runs the network.
   *
   * @param x M samples of values, M at most the batch: axis 0 is M
   * @return M x outputs; overwritten by the next run, where it is no integer network
   */
  public Float32Tensor run(Float32Tensor x) {
    return run(x, null);
  }

  /**
   * Runs the network and measures.
   *
   * @param times one per step, see {@link #newTimes}, or null
   */
  public Float32Tensor run(Float32Tensor x, LayerTimes[] times) {
    if (integers != null) {
      return integers.values(run(integers.quantize(x), times));
    }
    return (Float32Tensor) runAll(x, times);
  }

  /**
   * Runs an integer network from codes to integers.
   *
   * @param codes M samples of input codes, M at most the batch: axis 0 is M
   * @return M x output shape, int32 or int8 as {@link IntegerNetwork#outputType}; overwritten by
   *     the next run
   */
  public Tensor run(Int8Tensor codes) {
    return run(codes, null);
  }

  /** Runs an integer network from codes to integers and measures. */
  public Tensor run(Int8Tensor codes, LayerTimes[] times) {
    if (integers == null) {
      throw new InvalidArgumentException("codes for a network that takes fp32; give it values");
    }
    return runAll(codes, times);
  }

  private Tensor runAll(Tensor x, LayerTimes[] times) {
    int samples = steps.enter(x);
    for (int i = 0; i < steps.count(); i++) {
      steps.run(i, samples, times == null ? null : times[i]);
    }
    if (result == null || result.dimension(0) != samples) {
      result = steps.newResult(samples);
    }
    steps.copyOutput(steps.count() - 1, samples, result);
    return result;
  }

  /** New times for all steps. */
  public LayerTimes[] newTimes() {
    LayerTimes[] times = new LayerTimes[steps.count()];
    Arrays.setAll(times, i -> new LayerTimes());
    return times;
  }

  /**
   * The names of the steps, in order: what times are of. A step has the name of its layer; a
   * program those of its first and its last, as {@code conv1..dense1}.
   */
  public List<String> steps() {
    return IntStream.range(0, steps.count()).mapToObj(steps::name).toList();
  }

  /** The names of the layers that step {@code i}, from 0, is, in order; several of a program. */
  public List<String> layers(int i) {
    return steps.layers(i);
  }

  /** The parts that an integer network is launched in; empty where it runs layer by layer. */
  public Optional<OverlayParts> parts() {
    return Optional.ofNullable(parts);
  }

  /**
   * Runs the network and compares the kernels of some layers with the reference on the way.
   *
   * @param x M samples, M at most the batch; of an integer network, what becomes its codes
   * @param layers names of the layers to compare; of a program that has one of them, what it gives
   *     is compared
   * @return how many elements of those layers' C differ in a bit
   */
  public long mismatches(Float32Tensor x, Set<String> layers) {
    int samples = steps.enter(integers == null ? x : integers.quantize(x));
    long count = 0;
    for (int i = 0; i < steps.count(); i++) {
      if (steps.hasAny(i, layers)) {
        count += steps.mismatches(i, samples);
      }
      steps.run(i, samples, null);
    }
    return count;
  }

  /**
   * Runs an integer network here and by its definition, and counts the elements of all steps'
   * outputs that differ.
   */
  public long mismatches(Int8Tensor codes) {
    List<Tensor> expected = new ArrayList<>();
    ReferenceNetwork.run(integers, codes, (index, layer, in, out) -> expected.add(out));
    int samples = steps.enter(codes);
    long count = 0;
    for (int i = 0; i < steps.count(); i++) {
      steps.run(i, samples, null);
      List<String> names = steps.layers(i);
      Tensor right = expected.get(integers.graph().index(names.get(names.size() - 1)));
      Tensor found = Tensor.allocate(right.type(), right.shape());
      steps.copyOutput(i, samples, found);
      count += found.mismatches(right);
    }
    return count;
  }

  /**
   * Bytes of the weights of some layers, as their kernels store them; of a program that has one of
   * them, all of it.
   */
  public long weightBytes(Set<String> layers) {
    long bytes = 0;
    for (int i = 0; i < steps.count(); i++) {
      bytes += steps.hasAny(i, layers) ? steps.weightBytes(i) : 0;
    }
    return bytes;
  }

  /** The largest number of samples of a run. */
  public int batch() {
    return steps.batch();
  }

  /** Bytes of the buffers between the steps. */
  public long bufferBytes() {
    return steps.bufferBytes();
  }

  /** Frees the resident weights and programs. */
  @Override
  public void close() {
    steps.close();
  }
}
