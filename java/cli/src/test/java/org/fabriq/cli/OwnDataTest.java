// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.fabriq.io.NpyFile;
import org.fabriq.io.NpzFile;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network and data of a user's own: 6-12-3, relu, 90 samples, in each form of data. */
class OwnDataTest {
  private static final int COUNT = 90;
  private static final String[] WORDS = {"ant", "bee", "cat"};

  @TempDir private Path folder;
  private Float32Tensor first;
  private Float32Tensor second;
  private Float32Tensor x;
  private final int[] classes = new int[COUNT];
  private Float32Tensor outputs;
  private Path weights;

  /** Labels are the classes of loops in double, so that fp32 is always right. */
  @BeforeEach
  void writeNetworkAndSamples() {
    SplittableRandom random = new SplittableRandom(8);
    first = random(random, 12, 6);
    second = random(random, 3, 12);
    x = random(random, COUNT, 6);
    outputs = Float32Tensor.allocate(COUNT, 3);
    for (int i = 0; i < COUNT; i++) {
      float[] sample = new float[6];
      x.floats().get(6 * i, sample);
      double[] logits = forward(sample);
      for (int n = 0; n < 3; n++) {
        outputs.set(i, n, (float) logits[n]);
        classes[i] = logits[n] > logits[classes[i]] ? n : classes[i];
      }
    }
    weights = folder.resolve("own.npz");
    NpzFile.write(weights, Map.of("fc1w", first, "fc2w", second));
  }

  private static Float32Tensor random(SplittableRandom random, int... shape) {
    Float32Tensor tensor = Float32Tensor.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) (4 * random.nextDouble() - 2));
    }
    return tensor;
  }

  private double[] forward(float[] sample) {
    double[] hidden = new double[12];
    for (int n = 0; n < 12; n++) {
      for (int k = 0; k < 6; k++) {
        hidden[n] += (double) sample[k] * first.get(n, k);
      }
      hidden[n] = Math.max(0, hidden[n]);
    }
    double[] logits = new double[3];
    for (int n = 0; n < 3; n++) {
      for (int k = 0; k < 12; k++) {
        logits[n] += hidden[k] * second.get(n, k);
      }
    }
    return logits;
  }

  private Path csv(boolean words) throws IOException {
    StringBuilder text = new StringBuilder("a,b,c,d,e,f,kind\n");
    for (int i = 0; i < COUNT; i++) {
      for (int k = 0; k < 6; k++) {
        text.append(x.get(i, k)).append(',');
      }
      text.append(words ? WORDS[classes[i]] : "" + classes[i]).append('\n');
    }
    return Files.writeString(folder.resolve("own.csv"), text);
  }

  private Path npy(String name, Float32Tensor tensor) {
    NpyFile.write(folder.resolve(name), tensor);
    return folder.resolve(name);
  }

  private Path labels() {
    NpyFile.write(folder.resolve("y.npy"), Int32Tensor.of(classes, COUNT));
    return folder.resolve("y.npy");
  }

  private CommandRun run(String command, Path data, String... more) {
    String[] fixed = {
      command, "--weights", weights.toString(), "--activation", "relu", "--data", data.toString()
    };
    return CommandRun.of(
        Stream.concat(Arrays.stream(fixed), Arrays.stream(more)).toArray(String[]::new));
  }

  private static CommandRun ok(CommandRun run) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    return run;
  }

  private static void assertRefused(CommandRun run, String named) {
    assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).startsWith("fabriq: ").contains(named).hasLineCount(1);
  }

  @Test
  void everyFormOfTheSameSamplesIsRight() throws IOException {
    Path table = csv(true);
    Path array = npy("x.npy", x);
    Path archive = folder.resolve("xy.npz");
    NpzFile.write(archive, Map.of("x", x, "y", Int32Tensor.of(classes, COUNT)));
    String right = "f32f32 on emulation: 90 of 90 right, accuracy 100.00%";
    CommandRun csv = ok(run("infer", table, "--variant", "f32f32"));
    assertThat(csv.out())
        .contains(right)
        .contains(
            "data     "
                + table
                + ": CSV with a header, label in column 'kind'; 90 samples of 6, 3"
                + " classes (ant, bee, cat)")
        .contains("sample     0  class %d (%s)".formatted(classes[0], WORDS[classes[0]]));
    CommandRun npy =
        ok(run("infer", array, "--variant", "f32f32", "--labels", labels().toString()));
    assertThat(npy.out()).contains(right).contains("npy of float32 with labels of ");
    CommandRun npz = ok(run("infer", archive, "--variant", "f32f32"));
    assertThat(npz.out()).contains(right).contains("npz of x (float32) with y; 90 samples of 6");
    CommandRun column =
        ok(run("infer", csv(false), "--variant", "f32f32", "--label-column", "kind"));
    assertThat(column.out()).contains(right);
  }

  @Test
  void picturesInClassFolders() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 12; i++) {
      BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
      float[] sample = new float[6];
      for (int k = 0; k < 6; k++) {
        int grey = random.nextInt(256);
        image.getRaster().setSample(k % 3, k / 3, 0, grey);
        sample[k] = (grey / 255f - 0.5f) / 0.25f;
      }
      double[] logits = forward(sample);
      int found = logits[1] > logits[0] ? 1 : 0;
      found = logits[2] > logits[found] ? 2 : found;
      Path file = folder.resolve("pictures/%s/%d.png".formatted(WORDS[found], i));
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
    Path pictures = folder.resolve("pictures");
    try (Stream<Path> found = Files.list(pictures)) {
      assertThat(found).as("classes that the seed gives").hasSize(3);
    }
    String[] normalize = {"--variant", "f32f32", "--normalize", "mean=0.5,std=0.25"};
    CommandRun run = ok(run("infer", pictures, normalize));
    assertThat(run.out())
        .contains("12 of 12 right")
        .contains("pictures in class folders, in turns; 12 samples of 1 x 2 x 3")
        .contains("scale=1/255,mean=0.5,std=0.25");
    Path graph = folder.resolve("graph.npz");
    ok(
        run(
            "quantize",
            pictures,
            "--form",
            "integer",
            "--normalize",
            "mean=0.5,std=0.25",
            "--out",
            graph.toString()));
    CommandRun integers =
        CommandRun.of(
            "infer",
            "--weights",
            graph.toString(),
            "--data",
            pictures.toString(),
            "--normalize",
            "mean=0.5,std=0.25");
    assertThat(ok(integers).out())
        .as("codes of an input that has negative values")
        .containsPattern("integer on emulation: 1[12] of 12 right");
  }

  @Test
  void withoutLabelsAgreementAndNoiseAreReported() throws IOException {
    Path array = npy("x.npy", x);
    CommandRun exact = ok(run("infer", array, "--variant", "f32f32"));
    assertThat(exact.out())
        .contains("no labels")
        .contains("90 samples, agreement with fp32 100.00%, SQNR exact");
    CommandRun infer = ok(run("infer", array));
    assertThat(infer.out())
        .contains("training the first 90 of the same samples")
        .containsPattern("i8i8 on emulation: 90 samples, agreement with fp32 \\S+%, SQNR [34]\\d")
        .doesNotContain("label ", "accuracy");
    Path json = folder.resolve("compare.json");
    CommandRun compare = ok(run("compare", array, "--samples", "1", "--json", json.toString()));
    assertThat(compare.out()).contains("SQNR agreement").containsPattern("i8i8 .* \\d+.\\d+ dB ");
    JsonNode variant = new ObjectMapper().readTree(json.toFile()).at("/variants/3");
    assertThat(variant.get("accuracy").isNull()).isTrue();
    assertThat(variant.get("sqnr_db").asDouble()).isBetween(30.0, 50.0);
    assertThat(variant.get("agreement").asDouble()).isGreaterThan(0.9);
    Path out = folder.resolve("q.npz");
    CommandRun quantize =
        ok(run("quantize", array, "--out", out.toString(), "--accumulator", "12,wrap"));
    assertThat(quantize.out()).containsPattern("accumulator 12,wrap +SQNR .* dB with exact sums");
    assertThat(quantize.out()).containsPattern("nearest +SQNR \\d+\\.\\d+ dB, agreement");
    CommandRun sweep = ok(run("sweep", array, "--json", json.toString()));
    JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("rows");
    assertThat(sweep.out()).contains("all SQNR").doesNotContain("%");
    for (int wl = 2; wl <= 8; wl++) {
      assertThat(rows.get(wl - 1).at("/all/sqnr_db").asDouble())
          .as("word length %d", wl)
          .isGreaterThan(rows.get(wl - 2).at("/all/sqnr_db").asDouble());
    }
    CommandRun schemes = ok(run("sweep", array, "--scheme", "per-channel:{}", "--bits", "4,8"));
    assertThat(schemes.out()).containsPattern("per-channel:8 +nearest +\\d+\\.\\d+ dB +- ");
  }

  @Test
  void targetsAreRegression() throws IOException {
    Path array = npy("x.npy", x);
    Float32Tensor targets = (Float32Tensor) outputs.copy();
    targets.set(0, targets.get(0) + 3);
    Path y = npy("targets.npy", targets);
    CommandRun run = ok(run("infer", array, "--variant", "f32f32", "--labels", y.toString()));
    String error = "%.6g".formatted(Math.sqrt(9.0 / (3 * COUNT)));
    assertThat(run.out())
        .contains(
            "3 targets each", "sample     0  outputs ", "SQNR exact, rms error to the targets ")
        .contains(error.substring(0, 6))
        .doesNotContain("agreement", "class");
  }

  @Test
  void classesOfANetworkOfOneOutputAreValues() {
    Path one = folder.resolve("one.npz");
    NpzFile.write(one, Map.of("fc1w", first, "fc2w", second.rows(0, 1).copy()));
    weights = one;
    CommandRun run =
        ok(run("infer", npy("x.npy", x), "--labels", labels().toString(), "--variant", "f32i8"));
    assertThat(run.out())
        .contains("labels   taken for values that the model should give, as it has one output")
        .contains("rms error to the targets", "SQNR")
        .doesNotContain("class ", "accuracy");
  }

  /**
   * Labels that numpy or pandas wrote as 0.0, 1.0, 2.0 are classes to a network of three outputs.
   */
  @Test
  void wholeNumbersWithAPointAreClasses() throws IOException {
    Float32Tensor floats = Float32Tensor.allocate(COUNT);
    for (int i = 0; i < COUNT; i++) {
      floats.set(i, classes[i]);
    }
    Path array = npy("x.npy", x);
    String[] labelled = {
      "--variant", "f32f32", "--labels", npy("y.npy", floats).toString(),
    };
    CommandRun run = ok(run("infer", array, labelled));
    assertThat(run.out())
        .contains("all of them whole: taken for classes, as the model has 3 outputs")
        .contains("90 of 90 right, accuracy 100.00%");
    Path table = folder.resolve("points.csv");
    Files.writeString(table, Files.readString(csv(false)).replaceAll("(?m),([0-9]+)$", ",$1.0"));
    assertThat(ok(run("infer", table, "--variant", "f32f32")).out()).contains("90 of 90 right");
    floats.set(3, 0.5f);
    assertRefused(
        run("infer", array, "--labels", npy("y.npy", floats).toString()),
        "have a label that is no class (0, 1, 2, ...), the model gives 3 values");
  }

  @ParameterizedTest
  @CsvSource({"csv", "npy", "json"})
  void predictionsAreWritten(String ending) throws IOException {
    Path file = folder.resolve("out." + ending);
    CommandRun run = ok(run("infer", csv(true), "--variant", "f32f32", "--out", file.toString()));
    assertThat(run.out()).contains("written: " + file);
    if (ending.equals("npy")) {
      Float32Tensor written = (Float32Tensor) NpyFile.read(file);
      assertThat(written.shape()).containsExactly(COUNT, 3);
      for (int i = 0; i < written.size(); i++) {
        assertThat(written.get(i))
            .isCloseTo(outputs.get(i), org.assertj.core.data.Offset.offset(1e-4f));
      }
    } else if (ending.equals("csv")) {
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(COUNT + 1);
      assertThat(lines.get(0))
          .isEqualTo("sample,class,class_name,label,label_name,output_1,output_2,output_3");
      String word = WORDS[classes[COUNT - 1]];
      assertThat(lines.get(COUNT))
          .startsWith("89,%1$d,%2$s,%1$d,%2$s,".formatted(classes[COUNT - 1], word));
    } else {
      JsonNode rows = new ObjectMapper().readTree(file.toFile()).get("predictions");
      assertThat(rows).hasSize(COUNT);
      assertThat(rows.get(7).get("class").asInt()).isEqualTo(classes[7]);
      assertThat(rows.get(7).get("outputs")).hasSize(3);
    }
  }

  @Test
  void trainingDataMayBeGiven() throws IOException {
    Path table = csv(true);
    Path half = npy("half.npy", x.rows(0, 45));
    CommandRun run = ok(run("infer", table, "--training-data", half.toString()));
    assertThat(run.out())
        .contains("training " + half + ": npy of float32; 45 samples of 6, no labels")
        .doesNotContain("same samples");
    assertRefused(
        run("infer", table, "--training-data", half.toString(), "--calibrate", "46"),
        "--calibrate 46 is over the 45 training samples in " + half);
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path five = npy("five.npy", random(new SplittableRandom(1), 4, 5));
    assertRefused(
        run("infer", five), "samples have 5 values, the model takes 6 inputs; choose fitting");
    Path square = npy("square.npy", random(new SplittableRandom(1), 4, 2, 4));
    assertRefused(run("compare", square), "samples have 2 x 4 values, 8 in all, the model takes 6");
    Path table = csv(true);
    String unlabelled = Files.readString(table).replaceAll("(?m),[a-z]+$", "");
    Path features = Files.writeString(folder.resolve("features.csv"), unlabelled);
    assertRefused(run("infer", features), "or say --label-column none");
    assertThat(ok(run("infer", features, "--label-column", "none")).out()).contains("no labels");
    classes[5] = 3;
    assertRefused(
        run("quantize", npy("x.npy", x), "--labels", labels().toString(), "--out", "/tmp/q.npz"),
        "label 3 in " + folder.resolve("x.npy") + " is outside 0..2");
    Path targets = npy("t.npy", random(new SplittableRandom(1), COUNT, 2));
    assertRefused(
        run("infer", npy("x.npy", x), "--labels", targets.toString()),
        "have 2 target values each, the model gives 3");
    Path others = folder.resolve("others.csv");
    Files.writeString(others, Files.readString(table).replace("bee", "dog"));
    assertRefused(
        run("infer", table, "--training-data", others.toString()),
        others + " has 3 classes (ant, cat, dog), the other data has classes [ant, bee, cat]");
    assertRefused(run("infer", table, "--images", "91"), "--images 91 is over the 90 samples");
    assertRefused(run("infer", table, "--out", "a.txt"), "does not end in .csv, .npy or .json");
    assertRefused(run("infer", table, "--out", "nowhere/a.csv"), "--out nowhere/a.csv: folder");
    assertRefused(run("infer", table, "--normalize", "0.5"), "write scale=S, mean=M,std=D");
    assertRefused(run("infer", table, "--normalize", "mean=1:2,std=1:2"), "2 means for samples");
    assertRefused(run("infer", table, "--layout", "nhwc"), "does not go with a CSV");
    assertRefused(CommandRun.of("infer", "--labels", "y.npy"), "give --data PATH too");
    assertRefused(
        CommandRun.of("sweep", "--limits", "--data", table.toString()), "the model takes 784");
  }
}
