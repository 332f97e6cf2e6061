// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.Samples;
import org.fabriq.io.IoReason;
import org.fabriq.io.NpyFile;
import picocli.CommandLine.Option;

/** The option {@code --out} of commands that write what a network gave for each sample. */
final class PredictionFile {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The prediction for each sample is also written to this file: .csv or .json "
              + "with class, label and outputs, or .npy with the outputs alone, samples x "
              + "outputs in fp32.")
  private Path file;

  /**
   * Refuses a name that will not do, before samples are run.
   *
   * @throws InvalidArgumentException if it has another ending
   */
  void check() {
    if (file == null) {
      return;
    }
    if (!file.toString().matches(".*\\.(csv|npy|json)")) {
      throw new InvalidArgumentException(
          "--out %s does not end in .csv, .npy or .json; name it so".formatted(file));
    }
  }

  /** Writes predictions, and says so; nothing if the option was not given. */
  void write(TestSet test, Predictions predictions, PrintWriter out) {
    if (file == null) {
      return;
    }
    if (file.toString().endsWith(".npy")) {
      NpyFile.write(file, predictions.outputs());
    } else if (file.toString().endsWith(".csv")) {
      writeCsv(test, predictions);
    } else {
      CommandFiles.write(file, json(test, predictions));
    }
    out.printf("written: %s%n", file);
  }

  private void writeCsv(TestSet test, Predictions predictions) {
    try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      for (int i = 0; i < test.count(); i++) {
        ObjectNode row = row(test, predictions, i);
        if (i == 0) {
          csv.println(String.join(",", names(row)));
        }
        csv.println(String.join(",", fields(row)));
      }
      if (csv.checkError()) {
        throw new IOException("the disk may be full");
      }
    } catch (IOException e) {
      throw new FabriqException(
          "cannot write %s (%s); name a file in a folder that is writable and has space"
              .formatted(file, IoReason.of(e)));
    }
  }

  private static List<String> names(ObjectNode row) {
    List<String> names = new ArrayList<>();
    row.properties()
        .forEach(
            member -> {
              for (int i = 1; i <= member.getValue().size(); i++) {
                names.add(member.getKey().replaceFirst("s$", "_") + i);
              }
              if (!member.getValue().isArray()) {
                names.add(member.getKey());
              }
            });
    return names;
  }

  private static List<String> fields(ObjectNode row) {
    List<String> fields = new ArrayList<>();
    row.forEach(
        value -> {
          value.forEach(element -> fields.add(element.asText()));
          if (!value.isArray()) {
            fields.add(quoted(value.asText()));
          }
        });
    return fields;
  }

  /** Quotes a field as RFC 4180 wants it. */
  private static String quoted(String text) {
    return text.matches("[^,\"\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static ObjectNode json(TestSet test, Predictions predictions) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", 1);
    root.put("fabriq", Version.text());
    ArrayNode rows = root.putArray("predictions");
    for (int i = 0; i < test.count(); i++) {
      rows.add(row(test, predictions, i));
    }
    return root;
  }

  /** Gives number and name of a sample, its class and label or its targets, and all outputs. */
  private static ObjectNode row(TestSet test, Predictions predictions, int i) {
    Samples samples = test.samples();
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("sample", i);
    if (!samples.names().isEmpty()) {
      row.put("name", samples.names().get(i));
    }
    if (test.classes(predictions)) {
      put(row, "class", samples, predictions.classOf(i));
    }
    if (samples.labelled()) {
      put(row, "label", samples, samples.label(i));
    }
    samples
        .targets()
        .ifPresent(
            targets -> {
              ArrayNode list = row.putArray("targets");
              for (int t = 0; t < targets.columns(); t++) {
                list.add(targets.get(i, t));
              }
            });
    ArrayNode outputs = row.putArray("outputs");
    for (int n = 0; n < predictions.outputs().columns(); n++) {
      outputs.add(predictions.outputs().get(i, n));
    }
    return row;
  }

  private static void put(ObjectNode row, String member, Samples samples, int index) {
    row.put(member, index);
    samples
        .labels()
        .filter(labels -> index < labels.names().size())
        .ifPresent(labels -> row.put(member + "_name", labels.names().get(index)));
  }
}
