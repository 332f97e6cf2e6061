// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.data.DataSource;

/** Shows a bar from the first sample on that reading tells of. */
final class ReadProgress implements DataSource.Progress, AutoCloseable {
  private final String task;
  private final Screen screen;
  private Progress bar;

  ReadProgress(String task, Screen screen) {
    this.task = task;
    this.screen = screen;
  }

  @Override
  public void done(int done, int all) {
    if (bar == null) {
      bar = screen.progress(task, all);
    }
    bar.stepTo(done);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
