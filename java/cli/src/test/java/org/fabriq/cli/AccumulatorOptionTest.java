// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fabriq quantize --accumulator}. */
class AccumulatorOptionTest {
  @TempDir private Path folder;

  private CommandRun quantize(String options) {
    String line =
        "quantize --images 200 --calibrate 200 --json FOLDER/report.json --out FOLDER/q.npz ";
    return CommandRun.of((line + options).replace("FOLDER", folder.toString()).split(" "));
  }

  private JsonNode accumulator(String options) throws IOException {
    CommandRun run = quantize(options);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper()
        .readTree(Files.readString(folder.resolve("report.json")))
        .path("accumulator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"i8i8", "integer"})
  void enoughBitsChangeNothing(String form) throws IOException {
    JsonNode wide = accumulator("--form " + form + " --accumulator 32,saturate");
    assertThat(wide.path("bits").asInt()).isEqualTo(32);
    assertThat(wide.path("overflow").asText()).isEqualTo("saturate");
    assertThat(wide.path("changed").asInt()).isZero();
    assertThat(wide.path("accuracy")).isEqualTo(wide.path("exact_accuracy"));
    assertThat(wide.path("layers").findValuesAsText("layer")).containsExactly("fc1", "fc2", "fc3");
    int[] outputs = {128, 64, 10};
    int bits = 0;
    for (int i = 0; i < outputs.length; i++) {
      JsonNode layer = wide.path("layers").get(i);
      assertThat(layer.path("n").asInt()).isEqualTo(outputs[i]);
      assertThat(layer.path("sums").asLong()).isEqualTo(200L * outputs[i]);
      assertThat(layer.path("left").asLong()).isZero();
      assertThat(layer.path("excess").asLong()).isZero();
      int seen = layer.at("/seen/bits").asInt();
      assertThat(seen).isBetween(8, layer.at("/possible/bits").asInt());
      bits = Math.max(bits, seen);
    }
    JsonNode seen = accumulator("--form %s --accumulator %d,wrap".formatted(form, bits));
    assertThat(seen.path("changed").asInt()).isZero();
    JsonNode fewer = accumulator("--form %s --accumulator %d,wrap".formatted(form, bits - 1));
    assertThat(fewer.path("layers").findValues("left").stream().mapToLong(JsonNode::asLong).sum())
        .isPositive();
  }

  @ParameterizedTest
  @CsvSource({"i8i8, wrap", "i8i8, saturate", "integer, wrap", "integer, saturate"})
  void fewBitsCostAccuracyLayerByLayer(String form, String overflow) throws IOException {
    JsonNode few = accumulator("--form %s --accumulator 10,%s".formatted(form, overflow));
    assertThat(few.path("accuracy").asDouble()).isLessThan(few.path("exact_accuracy").asDouble());
    assertThat(few.path("changed").asInt()).isPositive();
    List<Integer> changed = new ArrayList<>();
    for (JsonNode layer : few.path("layers")) {
      assertThat(layer.path("left").asLong())
          .isBetween(layer.path("wrong").asLong(), layer.path("sums").asLong());
      long beyond =
          Math.max(
              -512 - layer.at("/seen/least").asLong(), layer.at("/seen/greatest").asLong() - 511);
      assertThat(layer.path("excess").asLong()).isEqualTo(beyond).isPositive();
      changed.add(layer.path("changed").asInt());
    }
    assertThat(changed).hasSize(3).anyMatch(count -> count > 0);
  }

  /** Layers that stay fp32 have no integer sums. */
  @Test
  void onlyQuantizedLayersAreThere() throws IOException {
    JsonNode one = accumulator("--layers 2 --accumulator 16,wrap");
    assertThat(one.path("layers").findValuesAsText("layer")).containsExactly("fc2");
    assertThat(one.at("/layers/0/k").asInt()).isEqualTo(128);
    assertThat(one.at("/layers/0/accuracy")).isEqualTo(one.path("accuracy"));
  }

  @Test
  void theTableShowsEachLayer() {
    CommandRun run = quantize("--accumulator 12,wrap");
    assertThat(run.out())
        .containsPattern("accumulator 12,wrap +accuracy [0-9.]+% \\([0-9.]+% with exact sums\\)")
        .containsPattern("fc1 +784 +25600 +[0-9]+ +[0-9.]+%")
        .containsPattern("fc3 +64 +2000 ");
  }

  @Test
  void withoutTheOptionThereIsNone() throws IOException {
    assertThat(accumulator("--form i8i8").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--accumulator 16        | accumulator '16'; give its bits and wrap or saturate, as"
            + " 16,wrap",
        "--accumulator 16,round  | accumulator '16,round'",
        "--accumulator 1,wrap    | 1 bits, limit 2 to 32",
        "--accumulator 33,wrap   | 33 bits, limit 2 to 32",
        "--accumulator 16,wrap --form f32i8 | f32i8 sums in fp32; choose --form i8i8 or integer",
      })
  void wrongInputIsNamed(String options, String named) {
    CommandRun run = quantize(options);
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).startsWith("fabriq: ").contains(named);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("q.npz")).doesNotExist();
  }
}
