// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

/** HTML under way: markup as it is, text escaped. */
final class HtmlText {
  private final StringBuilder html = new StringBuilder();

  HtmlText raw(String markup) {
    html.append(markup);
    return this;
  }

  HtmlText text(String text) {
    html.append(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
    return this;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
