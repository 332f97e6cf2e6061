// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * From which batch an FPGA pays, in sentences.
 *
 * @param study of {@code fabriq break-even}
 */
record BreakEvenFindings(JsonNode study) {
  /** First those that matter most; the rest to be unfolded. */
  void write(HtmlText out) {
    out.raw("<p class=\"note\">")
        .text(
            "%s: launch %.0f us, %.2f GB/s, %.0f MHz, %s; CPU times without quantizing."
                .formatted(
                    study.path("kernel").asText(),
                    study.path("launch_us").asDouble(),
                    study.path("rate_gb_per_s").asDouble(),
                    study.path("clock_mhz").asDouble(),
                    study.path("cycles").asText()))
        .raw("</p>\n<ul>\n");
    for (JsonNode entry : study.path("studies")) {
      sentence(out, hardest(entry.path("findings")));
    }
    study.path("network").forEach(placement -> sentence(out, placement));
    out.raw("</ul>\n<details>\n<summary>Against every CPU device</summary>\n<ul>\n");
    for (JsonNode entry : study.path("studies")) {
      entry.path("findings").forEach(finding -> sentence(out, finding));
    }
    out.raw("</ul>\n</details>\n");
  }

  /** Against the opponent that the FPGA beats last, or not at all. */
  private static JsonNode hardest(JsonNode findings) {
    JsonNode hardest = findings.path(0);
    for (JsonNode finding : findings) {
      if (from(finding) > from(hardest)) {
        hardest = finding;
      }
    }
    return hardest;
  }

  private static int from(JsonNode finding) {
    return finding.path("batch").asInt(Integer.MAX_VALUE);
  }

  private static void sentence(HtmlText out, JsonNode node) {
    out.raw("<li>").text(node.path("sentence").asText()).raw("</li>\n");
  }
}
