// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;

/** What tables of times say of spread and noise below them. */
final class NoiseFooter {
  private NoiseFooter() {}

  static void print(PrintWriter out) {
    out.println("spread: the interquartile range of a side's samples over their median, in %.");
    out.println(
        "?: the time is noisy: there were fewer than 30 samples, fixed work beside it spread");
    out.println(
        "by over 15 % or drifted by over 10 %, other programs took over 10 % of a processor,");
    out.println(
        "or that could not be observed. --only-quiet withholds such times. The p99 of fewer");
    out.println("than 100 samples is the longest of them.");
  }
}
