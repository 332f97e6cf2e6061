// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fabriq.io.NpzFile;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said before digits are drawn, images classified or anything is measured. */
class NothingDrawnTest {
  /** Keeps the tasks that a bar was opened for. */
  private static final class WatchedScreen extends Screen {
    private final List<String> tasks = new ArrayList<>();

    WatchedScreen(StringWriter out, StringWriter err) {
      super(new PrintWriter(out), new PrintWriter(err), () -> 0);
    }

    @Override
    Progress progress(String task, long steps) {
      tasks.add(task);
      return super.progress(task, steps);
    }
  }

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final WatchedScreen screen = new WatchedScreen(out, err);

  /** The tasks of a command. */
  private List<String> tasks(int exitCode, String arguments) {
    String[] words = arguments.replace("FOLDER", folder.toString()).split(" ");
    assertThat(FabriqCommand.commandLine(screen).execute(words)).as("%s", err).isEqualTo(exitCode);
    return screen.tasks;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "infer --device nowhere | nowhere",
        "infer --device emulation?threads=0 | threads",
        "infer --weights nofile.npz | nofile.npz",
        "infer --data nodir | nodir",
        "infer --offload 4 | 1..3",
        "infer --batch 0 | --batch 0",
        "infer --images 0 | --images 0",
        "infer --images 3000000 | 3000000",
        "infer --scheme float7 | float7",
        "infer --calibrate 0 | --calibrate 0",
        "compare --device nowhere | nowhere",
        "compare --weights nofile.npz | nofile.npz",
        "compare --offload 4 | 1..3",
        "compare --scheme i8i8=float7 | float7",
        "compare --calibrate 3000000 | --calibrate 3000000",
        "compare --trace /tmp/a.fst | trace",
        "sweep --device nowhere | nowhere",
        "sweep --weights nofile.npz | nofile.npz",
        "sweep --calibrate 0 | --calibrate 0",
        "sweep --scheme per-channel:4 --device nowhere | nowhere",
        "sweep --scheme per-channel:4 --layers 9 | 1..3",
        "sweep --scheme per-channel:4 --scheme float7 | float7",
        "compare --scheme f32i8=per-channel:8,axis=1 | layer fc2 by per-channel:8,axis=1 in f32i8:"
            + " 128",
        "sweep --scheme per-channel:{},axis=1 --form integer | fc1 by per-channel:2,axis=1 in"
            + " integer",
        "sweep --scheme codebook:3 --scheme per-channel:4 --pass centroids | per-channel:4",
        "quantize --out FOLDER/q.npz --device nowhere | nowhere",
        "quantize --out FOLDER/q.npz --weights nofile.npz | nofile.npz",
        "quantize --out FOLDER/q.npz --data nodir | nodir",
        "quantize --out FOLDER/q.npz --layers 9 | 1..3",
        "quantize --out FOLDER/q.npz --scheme float7 | float7",
        "quantize --out FOLDER/q.npz --scheme per-channel:8,axis=1 | along axis 1",
        "quantize --out FOLDER/q.npz --scheme per-channel:8,axis=2 --form f32f32 | axis 2 of"
            + " float32",
        "quantize --out FOLDER/q.npz --input-scheme per-channel:8 | per-channel:8",
        "quantize --out FOLDER/q.npz --pass adaround --iterations 0 | 0 iterations",
        "quantize --out FOLDER/q.npz --pass gptq --damping 0 | 0.0",
        "quantize --out FOLDER/q.npz --pass gptq --scheme codebook:4 | codebook:4",
        "quantize --out FOLDER/q.npz --pass cle | fc1.tanh",
        "quantize --out FOLDER/q.npz --pass bias-batch-norm | normalization",
        "latency --device nowhere | nowhere",
        "latency --against cpu:java,nowhere | nowhere",
        "report --device nowhere --folder FOLDER/report | nowhere",
        "report --cycles-device nowhere --folder FOLDER/report | nowhere",
        "report --cycles-device emulation?threads=0 --folder FOLDER/report | threads",
      })
  void ofWrongOptions(String arguments, String named) {
    assertThat(tasks(ExitCode.WRONG_INPUT, arguments)).isEmpty();
    assertThat(err.toString()).contains(named);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "infer --offload 1 --weights FOLDER/small.npz | 100 inputs",
        "compare --offload 1 --weights FOLDER/small.npz | 100 inputs",
        "sweep --weights FOLDER/small.npz | 100 inputs",
        "quantize --out FOLDER/q.npz --weights FOLDER/small.npz | 100 inputs",
      })
  void ofWeightsForOtherImages(String arguments, String named) {
    NpzFile.write(folder.resolve("small.npz"), Map.of("fc1w", Float32Tensor.allocate(10, 100)));
    ofWrongOptions(arguments, named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "infer --images 20 --calibrate 20 --device cpu:java | digits",
        "compare --images 20 --calibrate 20 --samples 1 --device cpu:java | digits",
        "sweep --images 20 --calibrate 20 --device cpu:java | digits",
        "sweep --images 20 --calibrate 20 --scheme fixed:4 | digits",
        "quantize --out FOLDER/q.npz --images 20 --calibrate 20 --pass adaround --iterations 5 |"
            + " adaround",
        "latency --batches 1 --samples 1 --seconds 0.01 --against cpu:java --kernels i8i8 |"
            + " latency",
      })
  void otherwiseThereIsABar(String arguments, String task) {
    assertThat(tasks(ExitCode.OK, arguments)).contains(task);
  }

  @Test
  void calibrationImagesAreThereBeforeAnythingIsMeasured() {
    List<String> tasks = tasks(ExitCode.OK, "compare --images 20 --calibrate 20 --samples 1");
    assertThat(tasks.subList(0, 3)).containsExactly("digits", "digits", "f32 images");
  }
}
