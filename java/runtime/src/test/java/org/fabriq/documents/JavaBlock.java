// SPDX-License-Identifier: Apache-2.0
package org.fabriq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A block of Java in a document.
 *
 * @param text the lines between the fences, as they are printed
 */
record JavaBlock(String text) {
  private static final Pattern FENCED =
      Pattern.compile("^```java\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** The blocks of a document, in order. */
  static List<JavaBlock> of(Path document) throws IOException {
    List<JavaBlock> blocks = new ArrayList<>();
    Matcher matcher = FENCED.matcher(Files.readString(document));
    while (matcher.find()) {
      blocks.add(new JavaBlock(matcher.group(1)));
    }
    return blocks;
  }

  /** The import statements. */
  String imports() {
    return text.lines()
        .filter(line -> line.startsWith("import "))
        .collect(Collectors.joining("\n"));
  }

  /** All but the import statements. */
  String statements() {
    return text.lines()
        .filter(line -> !line.startsWith("import "))
        .collect(Collectors.joining("\n"));
  }

  /**
   * Compiles a class without warnings and loads it.
   *
   * @param folder an empty one
   */
  static Class<?> compile(String name, String source, Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-Xlint:all,-processing",
              "-Werror",
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              folder.toString());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as("%s%n%s", messages, source).isTrue();
    }
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}).loadClass(name);
  }
}
