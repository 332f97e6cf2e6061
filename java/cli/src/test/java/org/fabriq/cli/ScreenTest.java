// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScreenTest {
  private static final int COLUMNS = 80;

  private final StringWriter sent = new StringWriter();
  private final PrintWriter terminal = new PrintWriter(sent);
  private final Screen screen = new Screen(terminal, terminal, () -> COLUMNS);

  @AfterEach
  void close() {
    screen.close();
  }

  private List<String> lines() {
    return new TerminalPicture(COLUMNS, sent.toString().replace("\n", "\r\n")).lines();
  }

  /** Waits until a bar was drawn; its thread does that by itself. */
  private void await(String text) throws InterruptedException {
    while (!sent.toString().contains(text)) {
      Thread.sleep(1);
    }
  }

  @Test
  void resultsStandAboveTheBar() throws InterruptedException {
    Progress progress = screen.progress("work", 3);
    await("\rwork ");
    screen.out().println("first");
    screen.err().println("a warning");
    assertThat(lines()).containsExactly("first", "a warning");
    progress.stepTo(2);
    await(" 2/3 ");
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(2)).startsWith("work  66% [");
    screen.out().printf("second%nthird%n");
    progress.close();
    assertThat(lines()).containsExactly("first", "a warning", "second", "third");
  }

  @Test
  void noBarBreaksAnUnfinishedLine() throws InterruptedException {
    Progress progress = screen.progress("work", 3);
    await("\rwork ");
    screen.out().printf("half");
    int before = sent.toString().length();
    progress.close();
    assertThat(sent.toString().substring(before)).isEmpty();
    screen.out().println(" and half");
    assertThat(lines()).containsExactly("half and half");
  }

  @Test
  void anErrorIsALineOfItsOwn() throws InterruptedException {
    try (Progress progress = screen.progress("work", 3)) {
      await("\rwork ");
      screen.out().printf("half");
      screen.err().println("fabriq: wrong");
      progress.stepTo(1);
    }
    assertThat(lines()).containsExactly("half", "fabriq: wrong");
  }

  @Test
  void theBarOpenedLastShows() throws InterruptedException {
    try (Progress outer = screen.progress("outer", 3)) {
      await("\router ");
      try (Progress inner = screen.progress("inner", 3)) {
        await("\rinner ");
        outer.stepTo(1);
        inner.stepTo(2);
        await(" 2/3 ");
        assertThat(lines()).singleElement().asString().startsWith("inner  66% [");
      }
      assertThat(lines()).isEmpty();
      outer.stepTo(2);
      await("\router  66%");
      assertThat(lines()).singleElement().asString().startsWith("outer  66% [");
    }
    assertThat(lines()).isEmpty();
  }

  @Test
  void allLinesOfAllThreadsAreWhole() throws InterruptedException {
    List<String> expected = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (String name : List.of("out", "err", "bar")) {
      for (int i = 0; i < 500 && !name.equals("bar"); i++) {
        expected.add(name + " " + i);
      }
      threads.add(new Thread(() -> write(name)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(sent.toString()).contains("\rtask ");
    assertThat(lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private void write(String name) {
    PrintWriter to = name.equals("out") ? screen.out() : screen.err();
    for (int i = 0; i < 500; i++) {
      if (name.equals("bar")) {
        screen.progress("task", 9).close();
      } else {
        to.println(name + " " + i);
      }
    }
  }

  @Test
  void anInterruptLeavesAnEmptyLine() throws InterruptedException {
    Progress progress = screen.progress("work", 3);
    await("\rwork ");
    screen.close();
    assertThat(lines()).isEmpty();
    int before = sent.toString().length();
    progress.stepTo(2);
    progress.close();
    screen.progress("more", 3).close();
    screen.close();
    assertThat(sent.toString().substring(before)).isEmpty();
  }

  @Test
  void elsewhereTextGoesThroughAsItComes() {
    AtomicInteger asked = new AtomicInteger();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try (Screen pipes =
        new Screen(new PrintWriter(out), new PrintWriter(err), () -> 0 * asked.incrementAndGet())) {
      pipes.out().printf("half");
      assertThat(asked).hasValue(0);
      Progress progress = pipes.progress("work", 3);
      pipes.err().println("fabriq: wrong");
      progress.stepTo(3);
      progress.close();
      pipes.progress("more", 3).close();
      pipes.out().print(" line");
    }
    assertThat(out).hasToString("half line");
    assertThat(err).hasToString("fabriq: wrong" + System.lineSeparator());
    assertThat(asked).hasValue(1);
  }
}
