// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The comparison with the lab as JSON and CSV; {@code docs/measuring.md} is the schema. */
public final class LabFiles {
  private static final int SCHEMA = 2;

  private LabFiles() {}

  /** All rows and remarks, as one object. */
  public static ObjectNode json(LabComparison comparison) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    ArrayNode remarks = root.putArray("remarks");
    comparison.remarks().forEach(remarks::add);
    ArrayNode rows = root.putArray("rows");
    for (LabRow row : comparison.rows()) {
      ObjectNode node = rows.addObject();
      node.put("kernel", row.kernel());
      if (row.wordLength() > 0) {
        node.put("word_length", row.wordLength());
      }
      node.put("what", row.what());
      node.put("lab", row.lab());
      row.own().ifPresent(own -> node.put("own", own));
      row.ratio().ifPresent(ratio -> node.put("ratio", ratio));
      node.put("source", row.source());
      row.noise().writeTo(node);
    }
    return root;
  }

  /** One line for each row, as RFC 4180, with a header; unknown values are empty. */
  public static String csv(LabComparison comparison) {
    StringBuilder csv = new StringBuilder("kernel,word_length,what,lab,own,ratio,source,noise\r\n");
    for (LabRow row : comparison.rows()) {
      csv.append(
          String.join(
              ",",
              List.of(
                  row.kernel(),
                  row.wordLength() > 0 ? "" + row.wordLength() : "",
                  '"' + row.what() + '"',
                  "" + row.lab(),
                  row.own().isPresent() ? "" + row.own().getAsDouble() : "",
                  row.ratio().isPresent() ? "" + row.ratio().getAsDouble() : "",
                  '"' + row.source().replace("\"", "\"\"") + '"',
                  '"' + row.noise().text() + '"')));
      csv.append("\r\n");
    }
    return csv.toString();
  }
}
