// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.io.PrintWriter;
import java.util.Locale;

/** The lines a training prints as it goes. */
record TrainingLog(PrintWriter out) {
  void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }

  void epoch(int epoch, double loss, double accuracy) {
    line("epoch %d: loss %.4f, test accuracy %.2f %%", epoch, loss, accuracy);
  }
}
