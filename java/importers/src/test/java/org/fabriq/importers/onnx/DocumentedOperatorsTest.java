// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual names each operator of ONNX that has a rule, and none that has not. */
class DocumentedOperatorsTest {
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+)`");

  @Test
  void operatorsAreThoseOfTheManual() throws IOException {
    String manual = Files.readString(Path.of("../../docs/importing.md"));
    int from = manual.indexOf("| operators |");
    String table = manual.substring(from, manual.indexOf("\nRefused are", from));
    Set<String> named = new TreeSet<>();
    for (Matcher name = NAME.matcher(table); name.find(); ) {
      named.add(name.group(1));
    }
    Set<String> known = new TreeSet<>();
    for (Map<String, ?> rules : Set.of(Operators.ONNX, Operators.MICROSOFT, Operators.QUANT)) {
      known.addAll(rules.keySet());
    }
    assertThat(named).isEqualTo(known);
  }
}
