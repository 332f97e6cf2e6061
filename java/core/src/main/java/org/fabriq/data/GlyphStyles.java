// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * How people write the ten digits: a few styles each, every style one or more pen strokes.
 *
 * <p>A stroke lists the points that the pen passes, {@code x,y} in a box of 100 x 100 with y
 * downward. The pen moves smoothly through the points, except those marked {@code !}, where it
 * turns a corner. {@code |} separates the strokes of a style.
 */
final class GlyphStyles {
  private static final String[][] STYLES = {
    { // closed oval; narrow oval; begun at the right and overlapping; open at the top
      "52,0 24,12 12,50 24,88 50,100 76,88 88,50 77,13 52,0 46,1",
      "50,0 32,14 25,50 32,86 50,100 67,86 75,50 68,14 50,0",
      "68,8 40,2 16,35 18,75 45,100 76,82 86,42 70,8 46,4 34,14",
      "42,4 18,28 14,68 38,98 70,92 88,55 78,18 58,2"
    },
    { // plain; with a flag; with flag and base; leaning
      "50,0 50,50 50,100",
      "32,24 54,0! 53,50 54,100",
      "30,22 52,0! 52,100 | 26,100 52,99 80,100",
      "62,0 50,48 40,100"
    },
    { // with a corner at the foot; with a loop; with a curled foot
      "15,25 30,5 58,0 80,18 74,44 45,74 12,98! 50,97 90,96",
      "16,22 36,2 65,3 80,26 66,58 40,86 20,94 14,82 28,77 52,88 72,98 92,90",
      "18,16 46,0 76,14 70,42 38,74 10,98! 32,88 60,98 90,88"
    },
    { // two bows; a flat top; a loop in the middle
      "18,12 46,0 76,13 70,36 42,47! 74,56 84,78 52,100 15,88",
      "18,3! 80,2! 44,40! 74,48 84,74 58,98 15,92",
      "20,12 47,0 76,15 66,38 44,50 36,45 48,43 76,58 82,82 50,100 14,86"
    },
    { // open; closed; rounded and open; open with a low bar
      "24,2 20,28 14,54! 50,54 90,51 | 70,4 68,50 65,100",
      "92,66 50,67 8,66! 36,34 64,0! 64,50 63,100",
      "20,4 17,38 38,55 66,48 78,4! 76,50 70,100",
      "34,0 24,32 10,64! 50,66 94,62 | 66,34 64,66 60,100"
    },
    { // one stroke; the roof last; flowing
      "82,2 52,3 26,2! 23,24 20,45! 50,37 82,54 80,84 46,100 12,88",
      "26,4 23,24 19,46! 54,40 82,62 70,93 40,100 12,90 | 26,4 56,4 88,3",
      "82,4 52,1 26,12 24,32 48,44 76,60 76,86 46,100 12,90"
    },
    { // bowed back; straight back; a wide bowl
      "70,0 38,24 17,64 30,95 60,99 81,80 70,58 42,58 20,76",
      "58,0 30,38 15,76 38,100 73,93 79,69 52,56 22,72",
      "78,8 48,4 22,38 17,78 44,100 80,84 74,60 46,58 22,78"
    },
    { // plain; with a bar; with a serif; with a bowed stem
      "12,5 50,6 88,4! 64,50 40,100",
      "12,5 50,6 88,4! 64,50 40,100 | 30,52 55,51 80,48",
      "14,22 15,4! 50,7 88,5! 66,44 46,100",
      "10,12 34,3 60,8 88,4! 56,46 48,100"
    },
    { // as an S that closes; two rings; open at the top
      "78,14 52,0 26,14 32,37 68,59 80,82 50,100 21,82 32,60 68,38 78,14",
      "50,47 25,35 28,9 50,0 73,10 74,35 50,47 20,62 21,90 50,100 79,90 80,62 50,47",
      "82,6 50,2 26,20 46,45 76,70 60,97 30,96 22,73 54,46 86,14"
    },
    { // straight stem; a stem from the ring; a bowed tail; a ring drawn separately
      "78,22 56,2 26,9 19,34 44,50 72,36 79,14! 77,58 72,100",
      "79,26 52,48 21,32 42,3 76,9 79,28 74,62 62,100",
      "77,22 50,0 21,18 32,47 66,42 80,12 80,56 64,92 26,97",
      "70,18 48,4 22,20 28,46 60,42 74,10! 66,54 50,100"
    }
  };

  private static final List<List<Glyph>> GLYPHS =
      Stream.of(STYLES).map(styles -> Stream.of(styles).map(Glyph::parse).toList()).toList();

  private GlyphStyles() {}

  /** The styles of a digit 0..9, at least one. */
  static List<Glyph> of(int digit) {
    return GLYPHS.get(digit);
  }
}
