// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FabriqException;
import org.fabriq.FileFormatException;
import org.fabriq.io.IoReason;

/** Files that commands read and write: JSON, and other text. */
final class CommandFiles {
  private CommandFiles() {}

  /** Made where JSON is used, since making it takes as long as some commands do. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  /**
   * Reads what {@code fabriq COMMAND --json FILE} wrote.
   *
   * @param part a JSON pointer to something that it always writes
   */
  static JsonNode read(Path file, String command, String part) {
    JsonNode root = read(file);
    if (root.at(part).isMissingNode()) {
      throw new FileFormatException(
          file.toString(),
          "line 1",
          "no '%s'".formatted(part),
          "what 'fabriq %s --json FILE' writes".formatted(command),
          "name such a file");
    }
    return root;
  }

  /** Reads any JSON file that FabriQ wrote. */
  static JsonNode read(Path file) {
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new FileFormatException(
          file.toString(),
          "line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          "text that is no JSON",
          "JSON that 'fabriq' wrote",
          "write the file again");
    } catch (IOException e) {
      throw new FileFormatException(
          file.toString(), "cannot be read: " + IoReason.of(e), "check name and rights", e);
    }
  }

  static void writeText(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new FabriqException(
          "cannot write %s (%s); name a file in a folder that exists and is writable"
              .formatted(file, IoReason.of(e)));
    }
  }

  static void write(Path file, JsonNode node) {
    try {
      Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), node);
    } catch (IOException e) {
      throw new FabriqException(
          "cannot write %s (%s); name a file in a folder that exists and is writable"
              .formatted(file, IoReason.of(e)));
    }
  }
}
