// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An interactive bash or zsh on a pseudo-terminal that {@code script} of util-linux makes, with the
 * completion script, and a {@code fabriq} that prints the words it was given.
 */
final class ShellSession implements AutoCloseable {
  private static final String PROMPT = "ready> ";
  private static final String BEGIN = "words:";
  private static final String END = ":end";

  private final Process process;
  private final Reader out;
  private final StringBuilder sent = new StringBuilder();

  /**
   * Starts it.
   *
   * @param shell bash or zsh
   * @param folder for the files it reads when it starts
   */
  ShellSession(String shell, Path folder, String completion) throws IOException {
    Path script = folder.resolve("fabriq.sh");
    Files.writeString(script, completion);
    String start =
        "PS1='%s'\nsource '%s'\nfabriq() { printf '%s'; printf '[%%s]' \"$@\"; printf '%s'; }\n"
            .formatted(PROMPT, script, BEGIN, END);
    Files.writeString(folder.resolve(".zshrc"), start);
    Files.writeString(folder.resolve(".bashrc"), start);
    String command =
        shell.equals("bash") ? "bash --rcfile '%s/.bashrc' -i".formatted(folder) : "zsh -i";
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null");
    builder.environment().put("TERM", "dumb");
    builder.environment().put("ZDOTDIR", folder.toString());
    builder.environment().put("INPUTRC", "/dev/null");
    process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    out = process.inputReader(UTF_8);
    await(PROMPT, 0);
  }

  static boolean isInstalled(String shell) throws IOException, InterruptedException {
    List<String> question = List.of("sh", "-c", "command -v " + shell);
    return new ProcessBuilder(question).start().waitFor() == 0;
  }

  /**
   * The words of a line behind {@code fabriq}, each in square brackets, after keys were pressed.
   */
  String complete(String keys) throws IOException {
    int before = sent.length();
    process.getOutputStream().write(("fabriq " + keys + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
    int begin = await(BEGIN, before) + BEGIN.length();
    int end = await(END, begin);
    await(PROMPT, end);
    return sent.substring(begin, end);
  }

  /** Reads until a text is there, and says where. */
  private int await(String text, int from) throws IOException {
    char[] part = new char[4096];
    while (sent.indexOf(text, from) < 0) {
      int read = out.read(part);
      if (read < 0) {
        throw new IOException("the shell ended; it wrote " + sent);
      }
      sent.append(part, 0, read);
    }
    return sent.indexOf(text, from);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
