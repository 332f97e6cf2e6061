// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import org.fabriq.measure.BreakEven;
import org.fabriq.measure.NetworkPlacement;
import org.fabriq.measure.Noise;

/**
 * From which batch an FPGA pays, in sentences.
 *
 * @param study of {@code fabriq break-even}
 * @param onlyQuiet whether sentences that rest on noisy times are withheld
 */
record BreakEvenFindings(JsonNode study, boolean onlyQuiet) {
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
      finding(out, entry, hardest(entry.path("findings")));
    }
    for (JsonNode placement : study.path("network")) {
      sentence(
          out,
          placement,
          NetworkPlacement.withheld(
              placement.path("batch").asInt(), placement.path("device").asText()));
    }
    out.raw("</ul>\n<details>\n<summary>Against every CPU device</summary>\n<ul>\n");
    for (JsonNode entry : study.path("studies")) {
      entry.path("findings").forEach(finding -> finding(out, entry, finding));
    }
    out.raw("</ul>\n</details>\n");
    if (study.path("noisy").asBoolean()) {
      out.raw("<details>\n<summary>CPU times behind these findings are noisy</summary>\n<ul>\n");
      Noise.of(study).findings().forEach(cause -> item(out, cause));
      out.raw("</ul>\n</details>\n");
    }
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

  private void finding(HtmlText out, JsonNode entry, JsonNode finding) {
    sentence(
        out,
        finding,
        BreakEven.withheld(entry.path("what").asText(), finding.path("device").asText()));
  }

  private void sentence(HtmlText out, JsonNode node, String withheld) {
    boolean shown = Noise.of(node).shown(onlyQuiet);
    item(out, shown ? node.path("sentence").asText() : withheld);
  }

  private static void item(HtmlText out, String text) {
    out.raw("<li>").text(text).raw("</li>\n");
  }
}
