// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Owns what the command writes: results, errors and, where a person sits before a terminal, one
 * line with a progress bar below them. Before text goes out the bar is erased; at its next update
 * it is drawn again below the text, unless the text has not ended its line yet. Of several bars the
 * one that was opened last shows.
 *
 * <p>Elsewhere text goes through as it comes and there is no bar. For use by any threads.
 */
class Screen implements AutoCloseable {
  private static final String ERASE = "\r\033[K";
  private static final int FEWEST_COLUMNS = 40;

  /** Room for the {@code ^C} that a terminal writes behind the bar; a wrapped bar would stay. */
  private static final int MARGIN = 4;

  private final Object lock = new Object();
  private final Deque<BarLine> bars = new ArrayDeque<>();
  private final IntSupplier terminal;
  private final PrintWriter bar;
  private final PrintWriter out;
  private final PrintWriter err;
  private int columns = -1;
  private boolean drawn;
  private Text midLine;
  private boolean closed;

  /**
   * Takes over two streams; nothing else may write to them.
   *
   * @param out for results
   * @param err for errors and bars
   * @param terminal columns of the terminal that both go to, 0 if one goes elsewhere; asked once,
   *     before the first bar or help
   */
  Screen(PrintWriter out, PrintWriter err, IntSupplier terminal) {
    this.terminal = terminal;
    this.bar = err;
    this.out = new PrintWriter(new Text(out), true);
    this.err = new PrintWriter(new Text(err), true);
  }

  /** What a whole command is run by, and its subcommands write through. */
  interface Owner {
    /** What all of it writes to. */
    Screen screen();
  }

  /** The screen of the command that a subcommand was run by. */
  static Screen of(CommandSpec subcommand) {
    return ((Owner) subcommand.root().userObject()).screen();
  }

  /** For results; text goes out when it is flushed. */
  PrintWriter out() {
    return out;
  }

  /** For errors; text goes out when it is flushed. */
  PrintWriter err() {
    return err;
  }

  /** Columns of the terminal that it is on, 0 for none. */
  int columns() {
    synchronized (lock) {
      if (columns < 0) {
        columns = terminal.getAsInt();
      }
      return columns;
    }
  }

  /**
   * Opens a progress bar, to be closed by the caller.
   *
   * @param task a word or two
   * @param steps above 0
   */
  Progress progress(String task, long steps) {
    synchronized (lock) {
      if (columns() < FEWEST_COLUMNS || closed) {
        return Progress.NONE;
      }
      BarLine line = new BarLine(this, columns - MARGIN);
      bars.push(line);
      return new Progress(task, steps, line);
    }
  }

  /** Draws the bar, if it is its turn. */
  void draw(BarLine line, String text) {
    synchronized (lock) {
      if (bars.peek() == line && midLine == null && !closed) {
        bar.print("\r" + text + "\033[K");
        bar.flush();
        drawn = true;
      }
    }
  }

  /** Erases the bar and forgets it; does no harm twice. */
  void remove(BarLine line) {
    synchronized (lock) {
      if (bars.remove(line)) {
        erase();
      }
    }
  }

  private void erase() {
    if (drawn) {
      bar.print(ERASE);
      bar.flush();
      drawn = false;
    }
  }

  /** Writes out what is left, erases the bar and draws none any more; does no harm twice. */
  @Override
  public void close() {
    out.flush();
    err.flush();
    synchronized (lock) {
      erase();
      closed = true;
      if (midLine != null) {
        midLine.endLine();
      }
    }
  }

  /** One of the two streams of text. */
  private final class Text extends Writer {
    private final PrintWriter to;
    private final StringBuilder waiting = new StringBuilder();

    Text(PrintWriter to) {
      this.to = to;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
      synchronized (Screen.this.lock) {
        waiting.append(characters, offset, length);
      }
    }

    @Override
    public void flush() {
      synchronized (Screen.this.lock) {
        if (waiting.length() > 0) {
          erase();
          if (midLine != null && midLine != this) {
            midLine.endLine();
          }
          midLine = waiting.charAt(waiting.length() - 1) == '\n' ? null : this;
          to.print(waiting);
          waiting.setLength(0);
        }
        to.flush();
      }
    }

    /** Ends a line that another text, or the end, has come upon; where both are on one screen. */
    void endLine() {
      if (columns > 0) {
        to.println();
        to.flush();
      }
      midLine = null;
    }

    @Override
    public void close() {
      flush();
    }
  }
}
