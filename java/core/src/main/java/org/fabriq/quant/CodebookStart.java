// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** Where the centroids of a codebook start from; sorted values in, sorted centroids out. */
public enum CodebookStart {
  /** Centroid j is the value of rank floor((j + 1/2) n / k), from 0: equal counts. */
  QUANTILE("The values are shared out evenly among the first centroids.") {
    @Override
    double[] centroids(float[] sorted, int count, SplittableRandom random) {
      double[] centroids = new double[count];
      for (int j = 0; j < count; j++) {
        centroids[j] = sorted[(int) ((2L * j + 1) * sorted.length / (2L * count))];
      }
      return centroids;
    }
  },

  /**
   * k-means++: the first centroid is a value drawn evenly, each next one a value drawn with
   * probability proportional to its squared distance from the nearest centroid so far; the last
   * value where all distances are 0.
   *
   * <p>Source: D. Arthur, S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007.
   */
  PLUS_PLUS("k-means++ draws the first centroids far apart. It holds if START is left out.") {
    @Override
    double[] centroids(float[] sorted, int count, SplittableRandom random) {
      double[] centroids = new double[count];
      double[] squares = new double[sorted.length];
      Arrays.fill(squares, Double.POSITIVE_INFINITY);
      int drawn = random.nextInt(sorted.length);
      for (int j = 0; j < count; j++) {
        centroids[j] = sorted[drawn];
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
          double distance = sorted[i] - centroids[j];
          squares[i] = Math.min(squares[i], distance * distance);
          sum += squares[i];
        }
        drawn = draw(squares, random.nextDouble() * sum);
      }
      Arrays.sort(centroids);
      return centroids;
    }
  },

  /** Centroids evenly spaced from the least value to the greatest, both included. */
  UNIFORM("The first centroids are evenly spaced.") {
    @Override
    double[] centroids(float[] sorted, int count, SplittableRandom random) {
      double min = sorted[0];
      double max = sorted[sorted.length - 1];
      double[] centroids = new double[count];
      for (int j = 0; j < count; j++) {
        centroids[j] = min + (max - min) * j / (count - 1);
      }
      return centroids;
    }
  };

  private final String meaning;

  CodebookStart(String meaning) {
    this.meaning = meaning;
  }

  /** What the grammar of schemes says of it. */
  SchemeGrammar.Rule rule() {
    return new SchemeGrammar.Rule(word(), meaning);
  }

  /** The word that stands for it in a {@link QuantizerSpec}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param sorted ascending, at least one
   * @param count at least 2
   */
  abstract double[] centroids(float[] sorted, int count, SplittableRandom random);

  /** The index at which the running sum first passes the mark. */
  private static int draw(double[] squares, double mark) {
    double sum = 0;
    for (int i = 0; i < squares.length; i++) {
      sum += squares[i];
      if (sum > mark) {
        return i;
      }
    }
    return squares.length - 1;
  }
}
