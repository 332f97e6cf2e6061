// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Which sentences stand first. */
class BreakEvenFindingsTest {
  private static String html(String findings) throws JsonProcessingException {
    String study =
        """
        {"studies": [{"findings": [%s]}], "network": [{"sentence": "placed"}]}
        """;
    HtmlText out = new HtmlText();
    new BreakEvenFindings(new ObjectMapper().readTree(study.formatted(findings))).write(out);
    return out.toString();
  }

  private static String lead(String html) {
    return html.substring(html.indexOf("<ul>"), html.indexOf("<details>"));
  }

  @Test
  void theOpponentThatIsBeatenLastLeads() throws JsonProcessingException {
    String html =
        html(
            """
            {"batch": 70, "sentence": "first"}, {"batch": 151, "sentence": "second"},
            {"batch": 9, "sentence": "third"}
            """);
    assertThat(lead(html)).contains("second", "placed").doesNotContain("first", "third");
    assertThat(html).contains("first", "third");
  }

  @Test
  void oneThatIsNeverBeatenLeadsBeforeAll() throws JsonProcessingException {
    String html = html("{\"batch\": 4096, \"sentence\": \"first\"}, {\"sentence\": \"never\"}");
    assertThat(lead(html)).contains("never").doesNotContain("first");
  }
}
