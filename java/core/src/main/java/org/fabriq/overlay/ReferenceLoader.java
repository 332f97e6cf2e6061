// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * Puts images into the activation memory, as late or as early as the kernel may: a program must
 * give the same either way.
 */
final class ReferenceLoader {
  private final ActivationMemory memory;
  private final ImagePlace place;
  private final long[] words;
  private final boolean early;
  private int loaded;
  private int freed;

  /**
   * @param early whether an image comes as soon as its place is free, not when it is needed
   */
  ReferenceLoader(ActivationMemory memory, ImagePlace place, long[] words, boolean early) {
    this.memory = memory;
    this.place = place;
    this.words = words;
    this.early = early;
    fill();
  }

  /** Lets the first {@code need} words of an image be there, or all if it has fewer. */
  void require(int image, int need) {
    load(image * place.words() + Math.min(need, place.words()));
  }

  /** Lets the place of the oldest image be free; what it had not needed comes and is gone. */
  void free() {
    load((freed + 1) * place.words());
    freed++;
    fill();
  }

  private void fill() {
    if (early) {
      int places = place.twice() ? 2 : 1;
      load(Math.min(words.length, (freed + places) * place.words()));
    }
  }

  private void load(int until) {
    for (; loaded < until; loaded++) {
      int within = loaded % place.words();
      int pixel = within / place.blocks();
      int block = within % place.blocks();
      int base = place.base(loaded / place.words());
      memory.set(pixel + block, base + block * place.pitch() + pixel / 8, words[loaded]);
    }
  }
}
