// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.List;
import java.util.function.IntConsumer;
import org.fabriq.InvalidArgumentException;

/**
 * Generates images of handwritten-looking digits in the manner of MNIST: 28 x 28 grey pixels, 0 =
 * paper, labels 0..9. The pen strokes of {@link GlyphStyles} are distorted by {@link Handwriting}
 * and drawn by {@link InkCanvas}.
 *
 * <p>Image i and its label depend on (seed, i) alone, so a smaller set is the head of a larger one.
 * Every ten images from a multiple of ten on show each digit once, in random order. The result is
 * the same on every machine and JDK: own random numbers, IEEE-754 double arithmetic and {@link
 * StrictMath}; no fonts, no graphics library. Safe for use by several threads.
 */
public final class SyntheticDigits {
  /** The seed of the images that networks are trained on. */
  public static final long TRAIN_SEED = 60_000;

  /** The seed of the images that accuracy is measured on; none of them is a training image. */
  public static final long TEST_SEED = 10_000;

  /** Rows and columns of an image. */
  public static final int SIDE = 28;

  /** Most images of a set. */
  public static final int MAX_COUNT = 2_000_000;

  private static final int CLASSES = 10;

  private SyntheticDigits() {}

  /**
   * Generates images 0 .. count - 1 of the sequence that the seed names; about 0.1 ms each.
   *
   * @param seed any value; different seeds give unrelated images
   * @param count 1 .. 2,000,000
   * @return a new set, owned by the caller
   * @throws InvalidArgumentException if count is out of range
   */
  public static Samples generate(long seed, int count) {
    return generate(seed, count, done -> {});
  }

  /**
   * The same, and says how far it has come.
   *
   * @param progress told the number of images done, after each; in the calling thread
   */
  public static Samples generate(long seed, int count, IntConsumer progress) {
    if (count < 1 || count > MAX_COUNT) {
      throw new InvalidArgumentException(
          "synthetic digits: count " + count + " is outside 1.." + MAX_COUNT + "; choose another");
    }
    byte[] pixels = new byte[count * SIDE * SIDE];
    int[] labels = new int[count];
    Handwriting hand = new Handwriting();
    PenPath path = new PenPath();
    InkCanvas canvas = new InkCanvas(SIDE);
    long images = SplitMix64.mix(seed + 1);
    long orders = SplitMix64.mix(images);
    int[] order = new int[CLASSES];
    for (int i = 0; i < count; i++) {
      if (i % CLASSES == 0) {
        shuffle(order, new SplitMix64(SplitMix64.mix(orders + i)));
      }
      int digit = order[i % CLASSES];
      SplitMix64 random = new SplitMix64(SplitMix64.mix(images + i));
      List<Glyph> styles = GlyphStyles.of(digit);
      hand.write(styles.get(random.below(styles.size())), random, SIDE, path);
      canvas.draw(path, random, pixels, i * SIDE * SIDE);
      labels[i] = digit;
      progress.accept(i + 1);
    }
    return Samples.ofPixels(pixels, SIDE, SIDE).withLabels(labels);
  }

  private static void shuffle(int[] order, SplitMix64 random) {
    for (int i = 0; i < CLASSES; i++) {
      int j = random.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }
}
