// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of bitstreams/platforms. */
record PlatformFile(JsonNode json) {
  private static final Pattern RANGE = Pattern.compile("(\\w+)\\[(\\d+)(?::(\\d+))?]");

  static List<PlatformFile> all() {
    try (Stream<Path> files = Files.list(BuildXclbin.ROOT.resolve("bitstreams/platforms"))) {
      return files.sorted().map(PlatformFile::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PlatformFile read(Path file) {
    try {
      return new PlatformFile(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return text("name");
  }

  String family() {
    return text("family");
  }

  String text(String field) {
    return json.path(field).asText();
  }

  int clockMhz() {
    return json.get("clock_mhz").asInt();
  }

  int units(String source) {
    return json.get(source).get("compute_units").asInt();
  }

  /** Every bank, as {@code HBM[3]} or {@code HP0}. */
  List<String> banks() {
    List<String> banks = new ArrayList<>();
    json.get("memory").forEach(entry -> banks.addAll(expand(entry.asText())));
    return banks;
  }

  /** The banks of a range, as {@code HBM[0:3]}. */
  static List<String> expand(String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      return List.of(range);
    }
    int first = Integer.parseInt(matcher.group(2));
    int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
    List<String> banks = new ArrayList<>();
    for (int bank = first; bank <= last; bank++) {
      banks.add(matcher.group(1) + "[" + bank + "]");
    }
    return banks;
  }

  @Override
  public String toString() {
    return name();
  }
}
