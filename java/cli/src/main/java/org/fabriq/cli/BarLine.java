// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import me.tongfei.progressbar.ProgressBarConsumer;

/** Where a progress bar draws itself: a line of the {@link Screen}. */
final class BarLine implements ProgressBarConsumer {
  private final Screen screen;
  private final int columns;

  /**
   * Prepares.
   *
   * @param columns that a bar may have, fewer than would make the terminal go to the next line
   */
  BarLine(Screen screen, int columns) {
    this.screen = screen;
    this.columns = columns;
  }

  @Override
  public int getMaxRenderedLength() {
    return columns;
  }

  @Override
  public void accept(String text) {
    screen.draw(this, text.length() > columns ? text.substring(0, columns) : text);
  }

  @Override
  public void close() {
    screen.remove(this);
  }
}
