// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.files.ModelFiles;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.io.NpyFile;
import org.fabriq.model.Network;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fabriq import} of models that are made here. */
class ImportCommandTest {
  @TempDir private Path folder;

  private CommandRun run(Path model, String... more) {
    List<String> words = new ArrayList<>(List.of("import", model.toString()));
    words.addAll(List.of("--out", folder.resolve("net.npz").toString()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private Path quantized() throws IOException {
    return OnnxModel.quantized()
        .node("Softmax", "softmax", "logits")
        .argmax("class", "softmax")
        .write(folder.resolve("quantized.onnx"), "softmax");
  }

  private Path float32() throws IOException {
    return OnnxModel.float32().write(folder.resolve("float.onnx"), "logits");
  }

  @Test
  void aQuantizedModelBecomesAnIntegerNetwork() throws IOException {
    CommandRun run = run(quantized());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("layer +form +runs on +weights +sums +ends +of")
        .containsPattern("dense1 +dense +device matmul +8 bits +1[78] bits +5\\.6 % +MatMul pro")
        .containsPattern("softmax1 +softmax +host, fp32 +Softmax softmax")
        .contains("written: " + folder.resolve("net.npz"));
    assertThat(ModelFiles.open(folder.resolve("net.npz"), null)).isInstanceOf(IntegerNetwork.class);
  }

  @Test
  void isExplainedByHowItsLayersAreLaunched() throws IOException {
    CommandRun run = run(quantized(), "--explain");
    assertThat(run.out())
        .contains("launches on a device that holds what zynq does", "  dense1 (dense): program 1");
    assertThat(run(float32(), "--explain").out()).doesNotContain("launches on a device");
  }

  @Test
  void aFloatModelStaysOne() throws IOException {
    CommandRun run = run(float32());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("dense1 +dense +device matmul +fp32 +MatMul hidden")
        .containsPattern("relu1 +relu +host +Relu relu")
        .doesNotContain("sums: ");
    assertThat(ModelFiles.open(folder.resolve("net.npz"), null)).isInstanceOf(Network.class);
  }

  /** What is printed behind {@code next:} runs, up to a network that infers. */
  @ParameterizedTest
  @ValueSource(strings = {"float", "quantized"})
  void theNextCommandRuns(String form) throws IOException {
    CommandRun run = run(form.equals("float") ? float32() : quantized());
    Float32Tensor x = Float32Tensor.allocate(40, OnnxModel.INPUTS);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, (float) random.nextDouble(-1, 1));
    }
    Path data = folder.resolve("x.npy");
    NpyFile.write(data, x);
    String next =
        run.out().lines().filter(line -> line.startsWith("next: ")).findFirst().orElseThrow();
    CommandRun after =
        CommandRun.of(
            next.replaceFirst("next: fabriq ", "").replace("DATA", data.toString()).split(" "));
    assertThat(after.exitCode()).as(after.err()).isZero();
    String integers = form.equals("float") ? "net-int8.npz" : "net.npz";
    for (String device : new String[] {"cpu:java", "emulation"}) {
      CommandRun infer =
          CommandRun.of(
              "infer",
              "--weights",
              folder.resolve(integers).toString(),
              "--data",
              data.toString(),
              "--device",
              device);
      assertThat(infer.exitCode()).as(infer.err()).isZero();
      assertThat(infer.out()).contains("integer on " + device);
    }
  }

  /** What is exported is imported as the same codes again. */
  @Test
  void exportedCodesComeBack() throws IOException {
    assertThat(run(quantized()).exitCode()).isZero();
    Path net = folder.resolve("net.npz");
    Path exported = folder.resolve("exported.onnx");
    CommandRun export = CommandRun.of("export", net.toString(), "--out", exported.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out()).contains("written: " + exported);
    Path again = folder.resolve("again.npz");
    CommandRun run = CommandRun.of("import", exported.toString(), "--out", again.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(net));
    CommandRun wrong =
        CommandRun.of("export", floatNetwork().toString(), "--out", exported.toString());
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("no integer network", "--form integer");
  }

  private Path floatNetwork() throws IOException {
    Path network = folder.resolve("float.npz");
    CommandRun.of("import", float32().toString(), "--out", network.toString());
    return network;
  }

  @Test
  void explainsEveryNode() throws IOException {
    CommandRun run = run(quantized(), "--explain");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "  QuantizeLinear xq: taken without a layer: it says what codes stand for",
            "  MatMul product: taken as dense1 (dense)",
            "  Relu relu: taken as dense1 (dense)",
            "  Softmax softmax: taken as softmax1 (softmax)",
            "  ArgMax class: taken without a layer: it is not needed for the output");
    long nodes = run.out().lines().filter(line -> line.contains(": taken ")).count();
    assertThat(nodes).isEqualTo(9);
  }

  /** What data must be like stands in the table; data that is not is told of. */
  @Test
  void theRangeOfTheInputIsShownAndChecked() throws IOException {
    assertThat(run(quantized()).out())
        .contains("  input: codes of 8 bits, scale 0.015625, zero point 0: values of -2 to 1.9844");
    assertThat(run(float32()).out()).doesNotContain("  input: ");
    assertThat(run(quantized()).exitCode()).isZero();
    Float32Tensor x = Float32Tensor.allocate(50, OnnxModel.INPUTS);
    for (int i = 0; i < 3; i++) {
      x.set(i, 2.1f);
    }
    assertThat(inferred(x).err()).as("1.0 %% of the values").isEmpty();
    for (int i = 0; i < 6; i++) {
      x.set(i, -255);
    }
    CommandRun run = inferred(x);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .contains("2.0 % of the values of the samples are not within -2 to 1.9844", "--normalize")
        .hasLineCount(1);
    assertThat(inferred(x, "--normalize", "scale=1/255").err()).isEmpty();
  }

  private CommandRun inferred(Float32Tensor x, String... more) {
    Path data = folder.resolve("range.npy");
    NpyFile.write(data, x);
    String[] words = {
      "infer", "--weights", folder.resolve("net.npz").toString(), "--data", data.toString()
    };
    return CommandRun.of(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void refusesAllForeignNodesEachInALine() throws IOException {
    Path file =
        OnnxModel.float32()
            .node("Loop", "loop", "x")
            .node("TopK", "top", "logits")
            .write(folder.resolve("foreign.onnx"), "top");
    CommandRun run = run(file, "--explain");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("fabriq: " + file + ": "))
        .anyMatch(line -> line.contains("Loop loop: ") && line.contains("without control flow"))
        .anyMatch(line -> line.contains("TopK top: ") && line.contains("ArgMax"));
    assertThat(run.out())
        .contains("  Loop loop: not taken: ", "  Relu relu: taken, if what it takes is");
    assertThat(folder.resolve("net.npz")).doesNotExist();
  }

  @Test
  void strictRefusesWhatTheHostComputesBehindAllOthers() throws IOException {
    Path file =
        OnnxModel.quantized()
            .node("Softmax", "softmax", "logits")
            .argmax("class", "softmax")
            .write(folder.resolve("classes.onnx"), "class");
    CommandRun run = run(file, "--strict");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("behind all others; end the model before it"));
    assertThat(run.err()).contains("Softmax softmax", "ArgMax class");
    assertThat(folder.resolve("net.npz")).doesNotExist();
    assertThat(run(float32(), "--strict").exitCode()).isZero();
  }

  @Test
  void aDamagedFileIsOneLine() throws IOException {
    Path whole = float32();
    byte[] bytes = Files.readAllBytes(whole);
    Path half = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(bytes, bytes.length / 2));
    CommandRun run = run(half);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("half.onnx"));
  }

  @Test
  void otherFormsAreNamed() {
    CommandRun run = run(folder.resolve("model.h5"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("model.h5", ".onnx (ONNX)", "--weights");
  }

  /** As on a board, where the jars of the importers are not. */
  @Test
  void withoutImportersItSaysWhereToImport() throws IOException, InterruptedException {
    List<String> command = ChildJvm.command();
    String path = command.get(command.size() - 1);
    String less =
        Stream.of(path.split(File.pathSeparator))
            .filter(entry -> !entry.contains("importers"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(less).isNotEqualTo(path);
    command.set(command.size() - 1, less);
    command.addAll(List.of(FabriqCommand.class.getName(), "import", float32().toString()));
    command.addAll(List.of("--out", folder.resolve("net.npz").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output.lines()).hasSize(1);
    assertThat(output).contains("no importers here", "on a workstation");
  }
}
