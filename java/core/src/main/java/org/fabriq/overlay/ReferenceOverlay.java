// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Int8Tensor;

/**
 * Runs a program of {@code network_i8} by its definition: the activation memory, records, stores
 * and the array as the kernel has them, without its clock. Slow and obvious; the kernel equals it.
 */
public final class ReferenceOverlay {
  private final ProgramImage image;
  private final OverlayTarget target;
  private final boolean early;

  /**
   * Reads a program.
   *
   * @param program an image as docs/overlay.md states it
   * @param early whether images come as soon as their place is free, not when they are needed; the
   *     results are the same
   * @throws InvalidArgumentException if it is none
   */
  public ReferenceOverlay(byte[] program, OverlayTarget target, boolean early) {
    this.image = ProgramImage.read(program);
    this.target = target;
    this.early = early;
  }

  /**
   * Runs the records once for each chunk of images.
   *
   * @param images chunks x the bytes of an image
   * @param results chunks x the bytes of a result; written completely or, on an exception, not at
   *     all
   * @throws ShapeException if the images are of another size, or the program gives more or fewer
   *     words of results than its header says
   */
  public void run(Int8Tensor images, Int8Tensor results) {
    long[] words = new long[images.size() / Long.BYTES];
    images.memory().asLongBuffer().get(words);
    long[] given = run(words);
    if (given.length != results.size() / Long.BYTES) {
      throw new ShapeException(
          "the program gives %,d words of results, its header says %,d; plan the network again"
              .formatted(given.length, results.size() / Long.BYTES));
    }
    results.memory().asLongBuffer().put(given);
  }

  private long[] run(long[] images) {
    int size = image.place().words();
    if (images.length % size != 0) {
      throw new ShapeException(
          "%,d words for images of %,d; give whole images".formatted(images.length, size));
    }
    List<Long> results = new ArrayList<>();
    ActivationMemory memory = new ActivationMemory(target.lines(), images.length);
    ReferenceLoader loader = new ReferenceLoader(memory, image.place(), images, early);
    for (int i = 0; i < images.length / size; i++) {
      for (LayerRecord record : image.records()) {
        new ReferenceLayer(image, record, memory, target.weightEntries(), results::add)
            .run(loader, i);
        if (record.is("frees_image")) {
          loader.free();
        }
      }
    }
    return results.stream().mapToLong(each -> each).toArray();
  }
}
