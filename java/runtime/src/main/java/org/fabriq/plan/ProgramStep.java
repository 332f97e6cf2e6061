// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.overlay.ImagePacking;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.ProgramPart;
import org.fabriq.overlay.ResultPacking;
import org.fabriq.runtime.Completion;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.PreparedNetwork;
import org.fabriq.runtime.StageTimes;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Layers that are one program on a device: images are packed as the program takes them, a batch is
 * one launch, and results are brought to their order.
 *
 * <p>A batch of more than a launch is cut; then the next launch is packed and submitted while one
 * runs, and each of them allocates what its submission takes.
 */
final class ProgramStep implements Step {
  private static final int BYTES_AT_ONCE = 1 << 24;

  /** At some 100,000 cycles per second, a sixth of the default deadline. */
  private static final int SIMULATED_CYCLES = 500_000;

  private final IntegerNetwork network;
  private final Device device;
  private final OverlayProgram program;
  private final ImagePacking packing;
  private final ResultPacking unpacking;
  private final PreparedNetwork prepared;
  private final Int8Tensor in;
  private final Tensor out;
  private final Int8Tensor images;
  private final Int8Tensor results;
  private final int samplesAtOnce;
  private final List<Part> parts = new ArrayList<>();
  private final Deque<Started> started = new ArrayDeque<>();
  private int samples;

  /** A launch: views of what it works on, one row for each sample or chunk. */
  private record Part(Int8Tensor in, Int8Tensor images, Int8Tensor results, Tensor out) {}

  /** A launch that runs. */
  private record Started(Part part, Completion completion) {}

  /**
   * Places the layers; their program is copied to the device.
   *
   * @param place of codes, pixels x channels
   */
  ProgramStep(ProgramPart part, Device device, StepPlace place) {
    this.network = part.network();
    this.device = device;
    int pixels = place.image().height() * place.image().width();
    int batch = place.codes().rows() / pixels;
    OverlayPlan plan = part.planFor(batch);
    this.program = plan.program();
    this.packing = plan.imagePacking().channelsLast(network.input());
    this.unpacking = plan.resultPacking().channelsLast();
    this.in = place.codes().reshape(batch, network.input().size());
    this.out = place.output().reshape(batch, network.integers().size());
    int bytes = Math.max(program.imageBytes(), program.resultBytes());
    int most = Math.min(OverlayProgram.MAX_CHUNKS, BYTES_AT_ONCE / bytes);
    if (device.simulated()) {
      most = Math.min(most, SIMULATED_CYCLES / plan.cycles().following());
    }
    int chunks = Math.min(Math.max(1, most), packing.runs(batch));
    this.samplesAtOnce = chunks * packing.images();
    this.images = Int8Tensor.allocate(chunks, program.imageBytes());
    this.results = Int8Tensor.allocate(chunks, program.resultBytes());
    this.prepared = device.prepare(program);
  }

  @Override
  public boolean timed() {
    return true;
  }

  /** Bytes of the program. */
  @Override
  public long weightBytes() {
    return program.image().limit();
  }

  @Override
  public void run(int count, LayerTimes times) {
    long start = System.nanoTime();
    if (times != null) {
      times.begin();
    }
    cut(count);
    if (parts.size() == 1) {
      runAtOnce(parts.get(0), times);
    } else {
      runOverlapping(times);
    }
    if (times != null) {
      times.set(-1, -1, System.nanoTime() - start, 0);
    }
  }

  private void runAtOnce(Part part, LayerTimes times) {
    packing.pack(part.in, part.images);
    prepared.run(part.images, part.results, times == null ? null : times.next());
    if (times != null) {
      times.add();
    }
    unpacking.unpack(part.results, part.out);
  }

  private void runOverlapping(LayerTimes times) {
    try {
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        packing.pack(part.in, part.images);
        started.add(new Started(part, prepared.submit(part.images, part.results)));
        if (started.size() > 1) {
          finish(times);
        }
      }
      while (!started.isEmpty()) {
        finish(times);
      }
    } finally {
      started.forEach(each -> each.completion().close());
      started.clear();
    }
  }

  private void finish(LayerTimes times) {
    Started first = started.element();
    StageTimes stages = times == null ? null : times.next();
    first.completion().await(device.timeout(), stages);
    if (times != null) {
      times.add();
    }
    unpacking.unpack(first.part().results(), first.part().out());
    started.remove().completion().close();
  }

  /** Makes views of the first samples of all buffers. */
  private void cut(int count) {
    if (count == samples) {
      return;
    }
    samples = count;
    parts.clear();
    for (int from = 0; from < count; from += samplesAtOnce) {
      int to = Math.min(count, from + samplesAtOnce);
      int chunks = packing.runs(to - from);
      parts.add(
          new Part(
              in.rows(from, to),
              images.rows(0, chunks),
              results.rows(0, chunks),
              out.rows(from, to)));
    }
  }

  /**
   * Runs the program and its layers by their definitions, and counts the elements of what they give
   * that differ. The definitions take all processors.
   */
  @Override
  public long mismatches(int count) {
    run(count, null);
    return IntStream.range(0, count).parallel().mapToLong(this::mismatchesOf).sum();
  }

  private long mismatchesOf(int sample) {
    Int8Tensor codes = Int8Tensor.allocate(network.input().tensorShape(1));
    SampleShape from = network.input();
    ChannelOrder.toFirst(
        in.rows(sample, sample + 1), codes, 1, from.channels(), from.height() * from.width());
    Tensor expected = ReferenceNetwork.run(network, codes);
    Tensor found = Tensor.allocate(expected.type(), expected.shape());
    SampleShape to = network.integers();
    ChannelOrder.toFirst(
        out.rows(sample, sample + 1), found, 1, to.channels(), to.height() * to.width());
    return found.mismatches(expected);
  }

  @Override
  public void close() {
    prepared.close();
  }
}
