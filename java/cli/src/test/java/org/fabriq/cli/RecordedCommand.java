// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The command, in a process of its own, with a copy of all that goes to standard output. */
final class RecordedCommand {
  private RecordedCommand() {}

  /** The file of the copy, then the command's arguments. */
  public static void main(String[] arguments) throws IOException {
    OutputStream copy = new FileOutputStream(Path.of(arguments[0]).toFile());
    PrintStream out = System.out;
    System.setOut(
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                out.write(octet);
                copy.write(octet);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                copy.write(bytes, offset, length);
              }

              @Override
              public void flush() {
                out.flush();
              }
            },
            true));
    FabriqCommand.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
