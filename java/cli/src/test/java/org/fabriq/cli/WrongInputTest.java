// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fabriq.io.NpzFile;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong input: exit code 2, one line on standard error, no stack trace. */
class WrongInputTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare --device nowhere | 'nowhere'",
        "compare --device emulation?threads=0 | threads",
        "compare --images 0 | --images 0",
        "compare --images -5 | --images -5",
        "compare --images many | --images",
        "compare --batch 0 | --batch 0",
        "compare --batch 99999999 | 65536",
        "compare --offload 4 | 1..3",
        "compare --offload 0 | 1..3",
        "compare --offload 2,x | 'x'",
        "compare --scheme float7 | float7",
        "compare --scheme fixed:9,4 --images 9 | 9",
        "compare --scheme per-channel:0 | 0",
        "compare --scheme f32f32=fixed:8 | 'f32f32' is no variant with quantized weights; those are"
            + " f32i8, i8i8",
        "compare --scheme i8=fixed:8 | 'i8' is no variant",
        "compare --scheme i8i8=percentile=9 | percentile=9",
        "infer --scheme fixed:8 --scheme affine | --scheme affine: fixed:8 was given for the same",
        "infer --scheme i8i8=affine --scheme i8i8=symmetric | i8i8=symmetric: affine was given",
        "compare --semantics raw | --semantics': 'raw' is none of rescaled, literal",
        "infer --layout raw | 'raw' is none of nchw, nhwc",
        "latency --networks nofile.npz | nofile.npz",
        "latency --networks nofile.npz --launch both | 'both' is none of layer, network",
        "break-even --from a.json --boards pynq | 'pynq' is none of zynq, kv260, alveo",
        "latency --kernels i4 | 'i4' is none of f32f32, f32i8, i8i8",
        "quantize --out /tmp/a.npz --pass magic | 'magic' is none of cle, adaround, gptq",
        "compare --variants i4 | --variants",
        "compare --weights nofile.npz | nofile.npz",
        "compare --data nodir | nodir",
        "infer --weights nofile.npz | nofile.npz",
        "quantize | --out",
        "import model.onnx | --out",
        "export net.npz | --out",
        "export nofile.npz --out /tmp/a.onnx | nofile.npz",
        "export net.npz --out /tmp/a.pb | .onnx (ONNX)",
        "export net.npz --out nowhere/a.onnx | --out nowhere/a.onnx",
        "plan | MODEL",
        "plan nofile.npz | nofile.npz",
        "plan net.npz --out nowhere/a.bin | --out nowhere/a.bin",
        "import nofile.onnx --out /tmp/a.npz | nofile.onnx",
        "import model.onnx --out /tmp/a.bin | .npz",
        "import model.onnx --out nowhere/a.npz | --out nowhere/a.npz",
        "import model.pb --out /tmp/a.npz | .onnx (ONNX)",
        "quantize --out model.bin | .npz",
        "quantize --out nowhere/model.npz | --out nowhere/model.npz",
        "quantize --out /tmp/a.npz --json nowhere/a.json | --json nowhere/a.json",
        "quantize --out /tmp/a.npz --scheme symmetric:12 | 12 bits",
        "quantize --out /tmp/a.npz --scheme affine:8,unsigned | 7 unsigned",
        "quantize --out /tmp/a.npz --scheme codebook:9 | 9 bits",
        "quantize --out /tmp/a.npz --scheme fixed:99 | --scheme: quantizer 'fixed:99': 99 bits; an"
            + " encoding has 1 to 16",
        "infer --scheme i8i8=fixed:99 | --scheme: quantizer 'fixed:99': 99 bits",
        "sweep --scheme fixed:{} --bits 16,17 | 1..16",
        "infer --logit-scheme affine:77 | --logit-scheme: quantizer 'affine:77': 77 bits",
        "quantize --out /tmp/a.npz --scheme fixed:8,99 --images 9 --calibrate 9 | layer fc1: ",
        "quantize --out /tmp/a.npz --scheme codebook:4,mse | 'codebook:4,mse'",
        "quantize --out /tmp/a.npz --pass cle --calibrate 10 --images 10 | fc1.tanh",
        "quantize --out /tmp/a.npz --pass bias,cle | bias,cle",
        "quantize --out /tmp/a.npz --pass centroids --calibrate 10 --images 10 | per-channel:8",
        "quantize --out /tmp/a.npz --pass bias-batch-norm --calibrate 10 --images 10 |"
            + " normalization",
        "quantize --out /tmp/a.npz --pass gptq --damping 0 --calibrate 10 --images 10 | 0.0",
        "quantize --out /tmp/a.npz --pass adaround --iterations 0 --calibrate 9 --images 9 | 0"
            + " iter",
        "quantize --out /tmp/a.npz --calibrate 0 | --calibrate 0",
        "quantize --out /tmp/a.npz --input-scheme per-channel:8 | --input-scheme per-channel:8",
        "quantize --out /tmp/a.npz --input-scheme symmetric:9 --images 9 --calibrate 9 | 9 bits",
        "quantize --out /tmp/a.npz --logit-scheme what | what",
        "quantize --out /tmp/a.npz --form f64 | --form",
        "quantize --out /tmp/a.npz --form integer --scales none | --scales",
        "quantize --out /tmp/a.npz --form integer --scales accumulated --images 9 --calibrate 9 |"
            + " per tensor",
        "quantize --out /tmp/a.npz --form integer --layers 1 --images 9 --calibrate 9 | --layers"
            + " leaves out",
        "compare --scheme symmetric:12 --images 9 | 12 bits",
        "compare --calibrate -1 | --calibrate -1",
        "compare --device xrt:hw_emu --trace /tmp/a?b.fst --images 9 | /tmp/a?b.fst",
        "infer --trace-limit 64M --images 9 | --trace-limit 64M: no waveforms are asked for",
        "compare --trace /tmp/a.fst --images 9 | give --device xrt:hw_emu",
        "sweep --scheme per-channel:{} --bits 0..4 | 0..4",
        "sweep --scheme per-channel:{} --bits 4..2 | 4..2",
        "sweep --scheme nothing:4 | nothing:4",
        "sweep --limits | --data",
        "sweep --limits --scheme per-channel:4 | --limits",
        "compare --no-such-option | --no-such-option",
        "compare --even-if-noisy | --even-if-noisy is gone: noisy times are printed, each marked"
            + " with '?', and --only-quiet withholds them; see 'fabriq compare --help'",
        "latency --batches 1 --even-if-noisy=true | --only-quiet withholds them",
        "infer --even-if-noisy | Unknown option: '--even-if-noisy'",
        "dance | dance",
        "emulate vivado true | vivado",
        "emulate hw true | mode hw",
        "emulate sw_emu | COMMAND",
        "xclbin build --target sw_emu --out a --descriptor none.json | --payload",
        "xclbin build --target sw_emu --out a --payload p --descriptor none.json | none.json",
      })
  void isOneLineThatNamesIt(String arguments, String named) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertOneLine(run, named);
  }

  @Test
  void truncatedWeights() throws IOException {
    Path file = folder.resolve("weights.npz");
    NpzFile.write(file, Map.of("fc1w", Float32Tensor.allocate(10, 784)));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused("weights.npz", "infer", "--weights", file.toString(), "--images", "10");
  }

  @Test
  void pickledWeights() throws IOException {
    Path file = folder.resolve("weights.pkl");
    Files.write(file, new byte[] {(byte) 0x80, 4, (byte) 0x95, 0});
    assertRefused("pickle", "infer", "--weights", file.toString(), "--images", "10");
  }

  @Test
  void weightsOfNumpySaveAndOfPyTorch() throws IOException {
    Path file = folder.resolve("weights.npy");
    String dict = "{'descr': '|O', 'fortran_order': False, 'shape': (), }";
    byte[] header =
        ("\u0093NUMPY\1\0v\0" + dict + " ".repeat(117 - dict.length()) + "\n")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(file, header);
    assertRefused(
        "an npy of one Python object, as numpy.save writes a dict",
        "infer",
        "--weights",
        file.toString());
    Path state = folder.resolve("model.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(state))) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
    }
    assertRefused("torch.load(sys.argv[1]", "compare", "--weights", state.toString());
  }

  @Test
  void weightsThatDoNotChain() {
    Path file = folder.resolve("weights.npz");
    NpzFile.write(
        file,
        Map.of("fc1w", Float32Tensor.allocate(20, 784), "fc2w", Float32Tensor.allocate(10, 33)));
    assertRefused("33", "infer", "--weights", file.toString(), "--images", "10");
  }

  /** Whatever is wrong with the shapes in a file, the error names the file. */
  @Test
  void shapesThatDoNotFitNameTheFile() {
    Path file = folder.resolve("weights.npz");
    Map<String, Float32Tensor> weights =
        Map.of("fc1w", Float32Tensor.allocate(20, 784), "fc1b", Float32Tensor.allocate(7));
    NpzFile.write(file, weights);
    assertRefused(file + ": layer fc1: 7 values", "infer", "--weights", file.toString());
    NpzFile.write(file, Map.of("fc2w", Float32Tensor.allocate(20, 784)));
    assertRefused(file + ": entry fc2w", "infer", "--weights", file.toString());
    NpzFile.write(
        file,
        Map.of(
            "a.weight", Float32Tensor.allocate(9, 784), "b.weight", Float32Tensor.allocate(3, 4)));
    assertRefused(
        file + ": layer b takes", "infer", "--activation", "relu", "--weights", file.toString());
  }

  @Test
  void weightsForOtherImages() {
    Path file = folder.resolve("weights.npz");
    NpzFile.write(file, Map.of("fc1w", Float32Tensor.allocate(10, 100)));
    assertRefused(
        "28 x 28", "infer", "--weights", file.toString(), "--images", "10", "--offload", "1");
  }

  @Test
  void weightsWithNaN() {
    Path file = folder.resolve("weights.npz");
    Float32Tensor weight = Float32Tensor.allocate(10, 784);
    weight.set(5, Float.NaN);
    NpzFile.write(file, Map.of("fc1w", weight));
    assertRefused("NaN", "infer", "--weights", file.toString(), "--images", "10", "--offload", "1");
  }

  @Test
  void truncatedImages() throws IOException {
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0, 0, 0, 9});
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
    assertRefused("train-images-idx3-ubyte", "infer", "--data", folder.toString());
    Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[0]);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), new byte[0]);
    assertRefused("t10k-images-idx3-ubyte", "infer", "--data", folder.toString());
  }

  @Test
  void jsonIntoAFolderThatIsNotThere() {
    assertRefused(
        "nowhere",
        "compare",
        "--images",
        "10",
        "--json",
        folder.resolve("nowhere/a.json").toString());
  }

  @Test
  void stackTracesOnlyOnRequest() {
    CommandRun run = CommandRun.of("infer", "--verbose", "--weights", "nofile.npz");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("FileFormatException", "\tat org.fabriq");
  }

  private static void assertRefused(String named, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertOneLine(run, named);
  }

  private static void assertOneLine(CommandRun run, String named) {
    assertThat(run.err()).startsWith("fabriq: ").contains(named);
    assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
  }
}
