// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a task has come, as a bar on the {@link Screen}, which makes it; or nothing. */
final class Progress implements AutoCloseable {
  /** Where nobody looks. */
  static final Progress NONE = new Progress(null, null);

  private final ProgressBar bar;
  private final BarLine line;

  /** A bar that draws itself ten times a second until it is closed. */
  Progress(String task, long steps, BarLine line) {
    this(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .setConsumer(line)
            .build(),
        line);
  }

  private Progress(ProgressBar bar, BarLine line) {
    this.bar = bar;
    this.line = line;
  }

  /** Says how many steps are done. */
  void stepTo(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Says what share of all steps is done, 0 to 1. */
  void share(double done) {
    if (bar != null) {
      bar.stepTo(Math.round(done * bar.getMax()));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      line.close(); // a bar that has not drawn itself before does so now, and would stay
    }
  }
}
