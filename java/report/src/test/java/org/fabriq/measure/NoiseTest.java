// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How noise is said, kept in files and withheld. */
class NoiseTest {
  private static final Noise NOISY = new Noise(List.of("a", "b"));

  @Test
  void marksAndCauses() {
    assertThat(NOISY.micros(81.24)).isEqualTo("81.2?");
    assertThat(Noise.NONE.micros(81.24)).isEqualTo("81.2");
    assertThat(NOISY.cause()).isEqualTo("noisy: a; b");
    assertThat(NOISY.at("batch 1").and(Noise.NONE).and(new Noise(List.of("c", "c"))).findings())
        .containsExactly("batch 1: a; b", "c");
    assertThat(Noise.NONE.at("batch 1").quiet()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true, false, true", "true, true, true", "false, false, true", "false, true, false"})
  void onlyNoisyTimesAreWithheldAndOnlyOnRequest(boolean quiet, boolean onlyQuiet, boolean shown) {
    assertThat((quiet ? Noise.NONE : NOISY).shown(onlyQuiet)).isEqualTo(shown);
  }

  @Test
  void captionsNameTheFirstFindings() {
    assertThat(Noise.NONE.remark(false)).isEmpty();
    assertThat(NOISY.remark(false)).isEqualTo(" Times marked with ? are noisy: a; b.");
    assertThat(NOISY.remark(true)).isEqualTo(" Times are left out where they are noisy: a; b.");
    assertThat(new Noise(List.of("a", "b", "c", "d", "e")).remark(false))
        .endsWith("a; b; c; and 2 findings more.");
  }

  @Test
  void filesKeepFindings() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    NOISY.writeTo(node);
    assertThat(node).hasToString("{\"noise\":[\"a\",\"b\"]}");
    assertThat(Noise.of(node)).isEqualTo(NOISY);
    Noise.NONE.writeTo(node);
    assertThat(Noise.of(node)).isEqualTo(Noise.NONE);
  }

  @Test
  void fewSamplesInAnOlderFileAreNoisyToo() throws JsonProcessingException {
    String point = "{\"noise\": [%s], \"sides\": [{\"samples\": 500}, {\"samples\": %d}]}";
    ObjectMapper mapper = new ObjectMapper();
    assertThat(Noise.ofPoint(mapper.readTree(point.formatted("", 30))).quiet()).isTrue();
    assertThat(Noise.ofPoint(mapper.readTree(point.formatted("", 5))).findings())
        .containsExactly("5 samples, fewer than 30");
    assertThat(
            Noise.ofPoint(mapper.readTree(point.formatted("\"5 samples, fewer than 30\"", 5)))
                .findings())
        .as("said once")
        .hasSize(1);
    String sides = "{\"noise\": [\"x\"], \"sides\": [{\"samples\": 12}, {\"samples\": 10}, {}]}";
    assertThat(Noise.ofPoint(mapper.readTree(sides)).findings())
        .as("the fewest")
        .containsExactly("10 samples, fewer than 30", "x");
  }
}
