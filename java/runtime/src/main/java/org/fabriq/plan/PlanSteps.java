// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Tensor;

/**
 * The steps of a plan, with every buffer for a batch made beforehand. For use by one thread at a
 * time. Closing it frees what the steps hold on devices.
 */
final class PlanSteps implements AutoCloseable {
  private final StepSource source;
  private final int batch;
  private final List<Step> steps = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();
  private final PlanBuffers buffers;
  private Tensor input;

  /**
   * Makes all steps, or none.
   *
   * @param batch the largest number of samples of a run
   * @throws InvalidArgumentException if it is below 1, or a step's results are over 2^31 - 1 bytes
   */
  PlanSteps(StepSource source, int batch) {
    if (batch < 1) {
      throw new InvalidArgumentException("batch %d is below 1".formatted(batch));
    }
    this.source = source;
    this.batch = batch;
    this.buffers = new PlanBuffers(batch);
    try {
      input = buffers.take(-1, source.inputType(), source.input());
      int[] lastReaders = lastReaders();
      for (int i = 0; i < source.count(); i++) {
        add(i);
        for (int from : IntStream.of(source.inputs(i)).distinct().toArray()) {
          if (lastReaders[from + 1] == i) {
            buffers.release(from);
          }
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The step that reads each tensor last, from the plan's input on. */
  private int[] lastReaders() {
    int[] last = new int[source.count() + 1];
    for (int i = 0; i < source.count(); i++) {
      for (int from : source.inputs(i)) {
        last[from + 1] = i;
      }
    }
    return last;
  }

  private void add(int i) {
    List<SampleShape> shapes = new ArrayList<>();
    List<Tensor> inputs = new ArrayList<>();
    for (int from : source.inputs(i)) {
      shapes.add(from < 0 ? source.input() : source.shape(from));
      inputs.add(from < 0 ? input : outputs.get(from));
    }
    Tensor output = buffers.take(i, source.type(i), source.shape(i));
    outputs.add(output);
    steps.add(source.step(i, new StepPlace(shapes, source.shape(i), inputs, output)));
  }

  /** How many there are. */
  int count() {
    return steps.size();
  }

  /** The name of step {@code i}, from 0. */
  String name(int i) {
    return source.name(i);
  }

  /** The names of the layers that step {@code i} is, in order. */
  List<String> layers(int i) {
    return source.layers(i);
  }

  /** Whether step {@code i} is one of these layers, or has one of them. */
  boolean hasAny(int i, Set<String> layers) {
    return layers(i).stream().anyMatch(layers::contains);
  }

  /**
   * Puts samples where the first steps take them.
   *
   * @param x M samples: axis 0 is M
   * @return M
   * @throws InvalidArgumentException if M is over the batch, or samples are of another size
   */
  int enter(Tensor x) {
    SampleShape shape = source.input();
    int samples = x.rank() == 0 ? 0 : x.dimension(0);
    if (samples == 0 || x.size() / samples != shape.size()) {
      throw new InvalidArgumentException(
          "inputs %s for samples of %s; axis 0 must be the samples".formatted(x, shape));
    }
    if (samples > batch) {
      throw new InvalidArgumentException(
          "%d samples are over the batch of %d this plan was made for".formatted(samples, batch));
    }
    ChannelOrder.toLast(x, input, samples, shape.channels(), shape.height() * shape.width());
    return samples;
  }

  /**
   * Runs step {@code i}.
   *
   * @param times of this step, or null
   */
  void run(int i, int samples, LayerTimes times) {
    Step step = steps.get(i);
    if (times == null || step.timed()) {
      step.run(samples, times);
      return;
    }
    long start = System.nanoTime();
    step.run(samples, null);
    times.setHost(System.nanoTime() - start);
  }

  /** Runs step {@code i}, and counts the elements of its C that differ from the reference. */
  long mismatches(int i, int samples) {
    return steps.get(i).mismatches(samples);
  }

  /** A new tensor for what the last step gives. */
  Tensor newResult(int samples) {
    int last = count() - 1;
    return Tensor.allocate(source.type(last), source.shape(last).tensorShape(samples));
  }

  /** Copies what step {@code i} gave, channels first. */
  void copyOutput(int i, int samples, Tensor to) {
    SampleShape shape = source.shape(i);
    ChannelOrder.toFirst(
        outputs.get(i), to, samples, shape.channels(), shape.height() * shape.width());
  }

  /** Bytes of the weights or the program of step {@code i}, as they are stored. */
  long weightBytes(int i) {
    return steps.get(i).weightBytes();
  }

  /** The largest number of samples of a run. */
  int batch() {
    return batch;
  }

  /** Bytes of the buffers between the steps. */
  long bufferBytes() {
    return buffers.bytes();
  }

  @Override
  public void close() {
    steps.forEach(Step::close);
  }
}
