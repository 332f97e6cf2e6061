// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.junit.jupiter.api.Test;

/** Targets are those of the kernel's own description. */
class OverlayTargetTest {
  private static final String SIZES =
      "\"lines\": 9, \"weightEntries\": 2, \"firstQuarterEntries\": 4, \"tapRows\": 5,"
          + " \"columnEntries\": 6, \"tables\": 7, \"records\": 8, \"lanes\": 4";

  @Test
  void zynqHoldsWhatAZynq7020Does() {
    assertThat(OverlayTarget.named("zynq"))
        .isEqualTo(new OverlayTarget("zynq", 1024, 512, 1024, 512, 512, 8, 64, 8));
    assertThat(OverlayTarget.names()).contains("zynq");
    assertThat(OverlayTarget.names()).allSatisfy(OverlayTarget::named);
  }

  @Test
  void otherNamesAreRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> OverlayTarget.named("zinc"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("'zinc'")
        .hasMessageContaining("zynq");
  }

  @Test
  void descriptionsAreRead() {
    String text = "{\"targets\": [{\"name\": \"a\", %s, \"status\": \"tried\"}]}".formatted(SIZES);
    assertThat(OverlayTargets.of(JsonObject.parse(text, "text")))
        .containsOnlyKeys("a")
        .containsValue(new OverlayTarget("a", 9, 2, 4, 5, 6, 7, 8, 4));
  }

  @Test
  void descriptionsThatLackANumberOrHaveANameTwiceAreRefused() {
    String lacking = "{\"targets\": [{\"name\": \"a\", \"lines\": 3}]}";
    assertThatThrownBy(() -> OverlayTargets.of(JsonObject.parse(lacking, "text")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("weightEntries");
    String twice = "{\"targets\": [{\"name\": \"a\", %s}, {\"name\": \"a\", %s}]}";
    assertThatThrownBy(
            () -> OverlayTargets.of(JsonObject.parse(twice.formatted(SIZES, SIZES), "text")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("name");
  }
}
