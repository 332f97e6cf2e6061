// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Which sentences stand first. */
class BreakEvenFindingsTest {
  private static String html(String findings, boolean onlyQuiet) throws JsonProcessingException {
    String study =
        """
        {"studies": [{"what": "Layer 2", "findings": [%s]}], "noisy": true, "noise": ["batch 1: b"],
         "network": [{"sentence": "placed", "batch": 64, "device": "cpu:b", "noise": ["b"]}]}
        """;
    HtmlText out = new HtmlText();
    new BreakEvenFindings(new ObjectMapper().readTree(study.formatted(findings)), onlyQuiet)
        .write(out);
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
            """,
            false);
    assertThat(lead(html)).contains("second", "placed").doesNotContain("first", "third");
    assertThat(html).contains("first", "third");
  }

  @Test
  void oneThatIsNeverBeatenLeadsBeforeAll() throws JsonProcessingException {
    String html =
        html("{\"batch\": 4096, \"sentence\": \"first\"}, {\"sentence\": \"never\"}", false);
    assertThat(lead(html)).contains("never").doesNotContain("first");
  }

  @Test
  void noisySentencesAreWithheldOnRequest() throws JsonProcessingException {
    String findings =
        """
        {"device": "cpu:a", "sentence": "first", "noise": []},
        {"device": "cpu:b", "sentence": "second", "noise": ["b"]}
        """;
    assertThat(html(findings, false)).contains("first", "second", "placed", "<li>batch 1: b");
    assertThat(html(findings, true))
        .contains("first", "<li>batch 1: b")
        .contains("Layer 2 against cpu:b is withheld", "batch 64 on cpu:b is withheld")
        .doesNotContain("second", "placed");
  }
}
