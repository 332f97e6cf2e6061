// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fabriq.FileFormatException;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static Map<String, Object> sample() {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("name", "a \"quoted\" \u00e4\n");
    layer.put("numbers", new int[] {1, -2});
    layer.put("scale", (double) 0.1f);
    layer.put("on", true);
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("schema", 1);
    file.put("layers", List.of(layer, layer));
    file.put("none", List.of());
    return file;
  }

  @Test
  void anotherParserReadsTheSame() throws Exception {
    JsonNode tree = new ObjectMapper().readTree(JsonText.of(sample()));
    JsonNode layer = tree.get("layers").get(1);
    assertThat(layer.get("name").asText()).isEqualTo("a \"quoted\" \u00e4\n");
    assertThat(layer.get("numbers").get(1).asInt()).isEqualTo(-2);
    assertThat((float) layer.get("scale").asDouble()).isEqualTo(0.1f);
    assertThat(layer.get("on").asBoolean()).isTrue();
    assertThat(tree.get("none")).isEmpty();
  }

  @Test
  void objectsWithoutObjectsTakeALine() {
    assertThat(JsonText.of(Map.of("layers", List.of(Map.of("a", 1), Map.of("b", new int[0])))))
        .isEqualTo(
            """
            {
              "layers": [
                {"a": 1},
                {"b": []}
              ]
            }
            """);
  }

  @Test
  void whatHasNoJsonIsRefused() {
    assertThatThrownBy(() -> JsonText.of(Map.of("x", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void membersAreReadWithTheirTypes() {
    JsonObject file = JsonObject.parse(JsonText.of(sample()), "file");
    JsonObject layer = file.objects("layers").get(1);
    assertThat(file.integer("schema")).isEqualTo(1);
    assertThat(layer.integers("numbers", 2)).containsExactly(1, -2);
    assertThat((float) layer.number("scale")).isEqualTo(0.1f);
    assertThat(layer.flag("on")).isTrue();
    refuses(() -> layer.integers("numbers", 3), "layers[1].numbers", "a list of 3 integers");
    refuses(() -> layer.integer("scale"), "layers[1].scale", "an integer");
    refuses(() -> layer.text("on"), "layers[1].on", "a string");
    refuses(() -> layer.flag("name"), "layers[1].name", "true or false");
    refuses(() -> layer.number("absent"), "nothing found", "a number");
    refuses(() -> file.object("layers"), "layers", "an object");
    refuses(() -> layer.objects("numbers"), "layers[1].numbers[0]", "an object");
    refuses(() -> layer.checkNames("name", "numbers", "on"), "layers[1].scale", "one of");
    refuses(() -> JsonObject.parse("[1]", "file"), "file", "an object");
  }

  private static void refuses(ThrowingCallable read, String place, String expected) {
    assertThatThrownBy(read)
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(expected);
  }
}
