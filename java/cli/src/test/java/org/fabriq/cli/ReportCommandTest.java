// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fabriq report} and the commands it is made of, short; their files are as documented. */
class ReportCommandTest {
  private static final Path DOCS =
      Path.of(System.getProperty("fabriq.shapes")).resolve("../../../docs").normalize();

  /** What {@code fabriq latency --json} writes of a device that counts cycles. */
  static final String CYCLES =
      """
      {"layers": [{"kernel": "i8i8", "k": 128, "n": 64, "points": [
        {"batch": 1, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 114, "clock_mhz": 100}]},
        {"batch": 64, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 1122, "clock_mhz": 100}]}
      ]},
      {"kernel": "i8i8", "k": 784, "n": 128, "points": [
        {"batch": 1, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 298}]},
        {"batch": 64, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 12898}]}]},
      {"kernel": "i8i8", "k": 64, "n": 10, "points": [
        {"batch": 1, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 106}]},
        {"batch": 64, "sides": [{"device": "xrt:hw_emu", "kernel_cycles": 610}]}]}]}
      """;

  @TempDir private static Path folder;
  private static Path out;
  private static CommandRun report;

  /** Runs a command line; {@code @} is the folder. */
  private static CommandRun run(String line) {
    return CommandRun.of(
        Arrays.stream(line.split(" "))
            .map(word -> word.startsWith("@") ? folder + word.substring(1) : word)
            .toArray(String[]::new));
  }

  private static CommandRun succeed(String line) {
    CommandRun run = run(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  @BeforeAll
  static void runEverything() throws IOException {
    out = folder.resolve("report");
    Files.writeString(folder.resolve("cycles.json"), CYCLES);
    succeed("compare --images 64 --samples 2 --device cpu --json @/compare.json");
    succeed("sweep --images 64 --calibrate 64 --device cpu --json @/sweep.json");
    succeed(
        "latency --device emulation --against cpu:java --kernels i8i8 --batches 1,64 --samples 3"
            + " --seconds 0.01 --sizes 784x128,128x64,64x10 --json @/latency.json"
            + " --csv @/latency.csv");
    report =
        succeed(
            "report --folder @/report --compare @/compare.json --sweep @/sweep.json"
                + " --latency @/latency.json --cycles @/cycles.json");
  }

  @Test
  void aModelOfOnesOwnIsMeasuredAndNamed() throws IOException {
    Network network = ShippedModel.DIGITS.network();
    Path own = folder.resolve("own.npz");
    network.with(0, network.weightedLayer("fc1").withBias(new float[128])).write(own);
    CommandRun run =
        succeed(
            "report --folder @/own --weights @/own.npz --images 64 --device cpu"
                + " --latency @/latency.json --cycles @/cycles.json");
    assertThat(run.out()).contains("own.npz");
    assertThat(json(folder.resolve("own").resolve("compare.json")).path("weights").asText())
        .contains("own.npz");
    CommandRun useless =
        run(
            "report --folder @/own --weights @/own.npz --compare @/compare.json"
                + " --sweep @/sweep.json --latency @/latency.json --cycles @/cycles.json");
    assertThat(useless.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(useless.err()).contains("--weights").contains("has no effect");
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void theLabStandsBesideUsOnTheConsole() {
    assertThat(report.out())
        .containsPattern("i8i8 +cycles of a 64 x 128 x 64 call +561,234 +1,122 +1/500 +counted by")
        .containsPattern("i8i8 +LUT +1,588 +[0-9,]+ +[0-9.]+ +yosys_stat")
        .containsPattern("f32f32 +cycles of a 64 x 128 x 64 call +2,134,102 +- +- +no device")
        .containsPattern("\\n +2 accuracy, %, codes used literally +85.75 +[0-9.]+ +[0-9.]+ ")
        .containsPattern("\\n +8 10,000 images, s: lab's run, ours by the model +122.3200 +-")
        .contains("Accuracies are of synthetic digits", "Accuracies are of 64 images");
  }

  @Test
  void fewSamplesAreMarkedInEveryPart() throws IOException {
    assertThat(report.out())
        .containsPattern(
            "this CPU +109.9900 +[0-9.]+\\? +[0-9/,.]+\\? +layer 2, wall time, cpu:java,")
        .contains("3 samples, spread ", "; noisy: 3 samples, fewer than 30")
        .contains("CPU times this rests on are noisy", "128 x 64, batch 64: 3 samples, fewer")
        .containsPattern("pay.* against cpu:java .* [0-9.]+\\? us there");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Times marked with ? are noisy", "noisy: 3 samples, fewer than 30")
        .containsPattern("[0-9]\\? us there");
    assertThat(json(out.resolve("break-even.json")).path("noisy").asBoolean()).isTrue();
  }

  @Test
  void onRequestNoPartShowsNoisyTimes() throws IOException {
    CommandRun run =
        succeed(
            "report --folder @/quiet --compare @/compare.json --sweep @/sweep.json --only-quiet"
                + " --latency @/latency.json --cycles @/cycles.json");
    assertThat(run.out())
        .containsPattern("this CPU +109.9900 +- +- +layer 2, wall time, cpu:java, .*; noisy: 3")
        .contains("against cpu:java is withheld")
        .doesNotContainPattern("[0-9]\\?|us there");
    assertThat(Files.readString(folder.resolve("quiet/report.html")))
        .contains("therefore withheld", "noisy: 3 samples, fewer than 30")
        .doesNotContainPattern("[0-9]\\? us|us there");
  }

  @Test
  void everyFileIsThere() throws IOException {
    for (String chart :
        List.of(
            "cycles",
            "inference-time",
            "accuracy",
            "latency-split",
            "break-even",
            "break-even-network",
            "resources")) {
      assertThat(out.resolve(chart + ".svg")).isNotEmptyFile();
      assertThat(out.resolve(chart + ".png")).isNotEmptyFile();
    }
    assertThat(Files.readString(out.resolve("report.html"))).contains("1,122", "561,234");
    assertThat(json(out.resolve("break-even.json")).path("cycles").asText())
        .isEqualTo("cycles that xrt:hw_emu counted");
    assertThat(json(out.resolve("break-even.json")).path("network")).hasSize(3);
  }

  @Test
  void everyFieldIsDocumented() throws IOException {
    assertDocumented("measuring.md", json(folder.resolve("latency.json")));
    assertDocumented("measuring.md", json(out.resolve("break-even.json")));
    assertDocumented("measuring.md", 2, json(out.resolve("lab.json")));
    assertDocumented("compare-json.md", 2, json(folder.resolve("compare.json")));
    assertDocumented("quantize-json.md", json(folder.resolve("sweep.json")));
    assertDocumented("resources.md", json(out.resolve("resources.json")));
    assertHeading("measuring.md", folder.resolve("latency.csv"));
    assertHeading("measuring.md", out.resolve("lab.csv"));
    assertHeading("resources.md", out.resolve("resources.csv"));
  }

  private static void assertDocumented(String document, JsonNode json) throws IOException {
    assertDocumented(document, 1, json);
  }

  private static void assertDocumented(String document, int schema, JsonNode json)
      throws IOException {
    assertThat(json.path("schema").asInt()).isEqualTo(schema);
    Set<String> names = new TreeSet<>();
    collect(json, names);
    names.removeIf(name -> name.startsWith("cpu:"));
    assertNamed(document, names);
  }

  private static void collect(JsonNode node, Set<String> names) {
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(child -> collect(child, names));
  }

  private static void assertHeading(String document, Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSizeGreaterThan(1);
    Set<String> names = new TreeSet<>(List.of(lines.get(0).split(",")));
    names.removeIf(
        name -> name.matches("(bridge|pack|host-to-device|launch|kernel|device-to-host)_us"));
    names.remove("dequantize_us");
    assertNamed(document, names);
  }

  private static void assertNamed(String document, Set<String> names) throws IOException {
    String text = Files.readString(DOCS.resolve(document));
    for (String name : names) {
      Pattern word = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
      assertThat(text).as(document).containsPattern(word);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "break-even --from @/cut.json | cut.json, line 2",
        "break-even --from @/none.json | --sizes 128x64",
        "break-even --from @/missing.json | missing.json",
        "break-even --from @/latency.json --cycles @/none.json | xrt:hw_emu?model=rtl",
        "break-even --from @/none.json --cycles @/none.json --fixed-cycles 1 | --cycles takes",
        "break-even --from @/latency.json --rate 0 | transfer rate is 0.0",
        "break-even --from @/latency.json --offload 4 | --offload 4",
        "break-even --from @/latency.json --sizes 784x128,64x10 | 64x10 takes 64 inputs",
        "break-even --from @/compare.json | compare.json, line 1: no '/layers' found",
        "report --folder @/new --compare @/latency.json | 'fabriq compare --json FILE'",
        "report --folder @/new --sweep @/compare.json | 'fabriq sweep --json FILE'",
        "report --folder @/new --break-even @/sweep.json | 'fabriq break-even --json FILE'",
        "report --folder @/cut.json | cannot make folder",
        "report --folder @/new --latency @/missing.json | missing.json",
        "report --folder @/new --resources @/none.json | none.json, line 1",
        "report --folder @/new --part u9 | u9",
        "report --folder @/new --device nowhere --images 9 | 'nowhere'",
        "latency --batches 0 | --batches: 0",
        "latency --sizes 128 | '128'",
        "latency --clock 0 | --clock",
        "latency --csv @/nowhere/a.csv | --csv",
        "resources --csv @/nowhere/a.csv | --csv",
      })
  void wrongInputIsOneLine(String line, String named) throws IOException {
    Files.writeString(folder.resolve("cut.json"), "{\n\"layers\": [");
    Files.writeString(folder.resolve("none.json"), "{\"layers\": []}");
    CommandRun run = run(line);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).contains(named);
  }
}
