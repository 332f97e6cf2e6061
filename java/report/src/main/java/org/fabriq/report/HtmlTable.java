// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.ArrayList;
import java.util.List;

/** A table that scrolls sideways where it is too wide. Cells are text. */
final class HtmlTable {
  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();
  private int left = 1;
  private boolean wrapped;

  HtmlTable(String... head) {
    this.head = List.of(head);
  }

  /** Aligns the first columns left, the others right. */
  HtmlTable leftAligned(int columns) {
    left = columns;
    return this;
  }

  /** Aligns the last column left too and lets its text wrap. */
  HtmlTable wrappedLast() {
    wrapped = true;
    return this;
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  void write(HtmlText out) {
    out.raw("<div class=\"table\"><table>\n<thead>");
    write(out, head, "th");
    out.raw("</thead>\n<tbody>\n");
    for (List<String> row : rows) {
      write(out, row, "td");
      out.raw("\n");
    }
    out.raw("</tbody></table></div>\n");
  }

  private void write(HtmlText out, List<String> cells, String tag) {
    out.raw("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      boolean last = wrapped && i == cells.size() - 1;
      String style = last ? " class=\"wrapped\"" : i < left ? "" : " class=\"number\"";
      out.raw("<" + tag + style + ">").text(cells.get(i)).raw("</" + tag + ">");
    }
    out.raw("</tr>");
  }
}
