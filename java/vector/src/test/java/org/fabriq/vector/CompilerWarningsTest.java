// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sources of this module compile without a warning. Before Java 25 javac cannot be told not to
 * warn of an incubating module, so the build cannot take warnings as errors there; this can.
 */
class CompilerWarningsTest {
  private static final String INCUBATING = "compiler.warn.incubating.modules";

  @TempDir private Path classes;

  @Test
  void theSourcesCompileWithoutWarnings() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(5);
      assertThat(warnings(sources)).isEmpty();
    }
  }

  @Test
  void aRawTypeIsFound() throws IOException {
    Path source = classes.resolve("Raw.java");
    Files.writeString(source, "class Raw { Class raw = jdk.incubator.vector.FloatVector.class; }");
    assertThat(warnings(List.of(source)))
        .singleElement()
        .asString()
        .contains("Raw.java:1", "compiler.warn.raw.class.use");
  }

  /**
   * What javac has to say of sources, but for the one warning that every use of the module gets.
   */
  private List<String> warnings(List<Path> sources) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options = new ArrayList<>(List.of("-source", "17", "-target", "17"));
    options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    options.add("-Xlint:" + System.getProperty("fabriq.vector.lint"));
    options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    options.addAll(List.of("-d", classes.toString()));
    StringWriter other = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
      javac
          .getTask(other, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    List<String> warnings = new ArrayList<>(other.toString().lines().toList());
    for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
      if (!each.getCode().equals(INCUBATING)) {
        warnings.add(
            "%s:%d: %s [%s]"
                .formatted(
                    each.getSource() == null ? "" : each.getSource().getName(),
                    each.getLineNumber(),
                    each.getMessage(null),
                    each.getCode()));
      }
    }
    return warnings;
  }
}
