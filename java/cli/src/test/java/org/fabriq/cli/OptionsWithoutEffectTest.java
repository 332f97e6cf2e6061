// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.io.NpyFile;
import org.fabriq.model.ShippedModel;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An option from which nothing would come is refused, with the reason and the remedy. */
class OptionsWithoutEffectTest {
  private static final String FEW = " --images 20 --calibrate 20";

  @TempDir private static Path folder;

  /** A network in each form: in fp32, with codes, in integers. */
  @BeforeAll
  static void writeModels() throws IOException {
    ShippedModel.DIGITS.network().write(folder.resolve("net.npz"));
    runs("quantize --weights F/net.npz --out F/codes.npz" + FEW);
    runs("quantize --weights F/net.npz --form integer --out F/integers.npz" + FEW);
    OnnxModel.float32().write(folder.resolve("float.onnx"), "logits");
    runs("import F/float.onnx --out F/small.npz");
    NpyFile.write(folder.resolve("x.npy"), Float32Tensor.allocate(9, OnnxModel.INPUTS));
    Files.writeString(folder.resolve("a.csv"), "1,2,0\n3,4,1\n");
    Files.writeString(folder.resolve("layers.json"), "{\"layers\": []}");
    Files.writeString(
        folder.resolve("networks.json"),
        "{\"layers\": [], \"networks\": [{\"name\": \"a\", \"points\": []}]}");
  }

  private static CommandRun run(String line) {
    return CommandRun.of(line.replace("F/", folder + "/").split(" "));
  }

  private static void runs(String line) {
    CommandRun run = run(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "infer --weights F/integers.npz --scheme fixed:4 | --scheme fixed:4 | an integer network,"
            + " which is quantized already; leave it out, or give the network it was made of",
        "compare --weights F/integers.npz --semantics literal | --semantics literal | an integer",
        "infer --weights F/integers.npz --calibrate 10 | --calibrate 10 | an integer network",
        "infer --weights F/integers.npz --result-type int8 | --result-type int8 | an integer",
        "infer --weights F/codes.npz --scheme fixed:4 | --scheme fixed:4 | holds the codes of all"
            + " layers on the device; leave it out, or give the network in fp32",
        "compare --weights F/codes.npz --input-scheme affine | --input-scheme affine | the codes",
        "infer --variant f32f32 --scheme fixed:4 | --scheme fixed:4 | it is for f32i8, i8i8,"
            + " integer, and what runs is f32f32; leave it out, or let one of these run",
        "infer --variant i8i8 --scheme f32i8=fixed:4 | f32i8=fixed:4 | it is for f32i8",
        "infer --variant f32i8 --calibrate 10 | --calibrate 10 | it is for i8i8, integer",
        "infer --variant f32i8 --input-scheme affine | --input-scheme affine | it is for i8i8",
        "infer --variant f32i8 --result-type int8 | --result-type int8 | it is for i8i8",
        "infer --variant integer --output-scheme affine | --output-scheme affine | it is for i8i8",
        "infer --variant f32 --semantics literal | --semantics literal | it is for f32i8, i8i8",
        "infer --variant f32i8 --data F/a.csv --training-data F/a.csv | --training-data | i8i8",
        "infer --result-type int32 --output-scheme affine | --output-scheme affine | the layers on"
            + " the device give int32; leave it out, or give --result-type int8",
        "infer --logit-scheme affine | --logit-scheme affine | is not on the device",
        "infer --offload 3 --logit-scheme affine | --logit-scheme | the last layer gives int32",
        "quantize --weights F/integers.npz --pass bias --out F/q.npz | integers.npz | quantized"
            + " already",
        "quantize --out F/q.npz --form f32i8 --scales accumulated | --scales accumulated | it is"
            + " for --form integer, and the form is f32i8; leave it out, or give --form integer",
        "quantize --out F/q.npz --form i8i8 --input-codes fitted | --input-codes fitted | integer",
        "quantize --out F/q.npz --form f32i8 --result-type int32 | --result-type int32 | i8i8",
        "quantize --out F/q.npz --form integer --logit-scheme affine | --logit-scheme | i8i8",
        "quantize --out F/q.npz --form integer --input-codes bytes --weights F/small.npz --data"
            + " F/x.npy | --input-codes bytes | no bytes times 1/255; leave it out, or give"
            + " --input-codes fitted",
        "quantize --out F/q.npz --seed 3 | --seed 3 | for the pass adaround; leave it out, or give"
            + " --pass adaround",
        "quantize --out F/q.npz --pass gptq --iterations 5 | --iterations 5 | the pass adaround",
        "quantize --out F/q.npz --pass bias --damping 0.1 | --damping 0.1 | the pass gptq",
        "sweep --form i8i8 | --form i8i8 | without --scheme, the lab's table has schemes and forms"
            + " of its own; leave it out, or give --scheme",
        "sweep --pass bias,gptq | --pass bias,gptq | without --scheme",
        "sweep --limits --data F --layers 1 | --layers 1 | --limits checks schemes",
        "sweep --scheme affine --bits 2 | --bits 2 | no --scheme has {}",
        "sweep --scheme affine --logit-scheme affine | --logit-scheme affine | int32",
        "sweep --scheme affine --form f32i8 --output-scheme affine | --output-scheme | i8i8",
        "sweep --scheme affine --form f32i8 --input-scheme affine | --input-scheme | are fp32",
        "sweep --scheme affine --form f32i8 --calibrate 9 | --calibrate 9 | no pass runs",
        "latency --clock 100 --batches 1 --against cpu:java | --clock 100 | no device counts",
        "latency --launch layer | --launch layer | layers are measured, each a launch",
        "latency --networks F/integers.npz --sizes 8x8 | --sizes 8x8 | whole networks are measured",
        "latency --networks F/integers.npz --kernels i8i8 | --kernels i8i8 | whole networks",
        "break-even --from F/layers.json --boards zynq | --boards zynq | has no whole networks",
        "break-even --from F/networks.json --offload 2 | --offload 2 | has whole networks",
        "report --folder F/r --latency F/none.json --quick | --quick | come from --latency",
        "report --folder F/r --cycles F/none.json --cycles-device reference | --cycles-device"
            + " reference | come from --cycles",
        "report --folder F/r --compare F/a --sweep F/a --images 9 | --images 9 | --compare and",
        "import F/float.onnx --out F/i.npz --rounding fabriq | --rounding fabriq | is in fp32, so"
            + " it has no codes to round; leave it out"
      })
  void isRefused(String line, String option, String reason) {
    CommandRun run = run(line);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).startsWith("fabriq: ").contains(option, reason).hasLineCount(1);
    assertThat(folder.resolve("q.npz")).doesNotExist();
    assertThat(folder.resolve("i.npz")).doesNotExist();
  }

  /** What one of several arithmetics takes is taken. */
  @Test
  void whatHasAnEffectIsTaken() {
    runs("infer --variant integer --scheme fixed:4 --images 20 --calibrate 20");
    runs("infer --offload all --result-type int8 --logit-scheme affine" + FEW);
    runs("infer --weights F/codes.npz --variant integer --images 20 --calibrate 20");
    runs("quantize --form f32i8 --input-scheme affine --out F/f.npz" + FEW);
    runs("sweep --scheme per-channel:{} --bits 8 --form f32i8 --images 20");
  }
}
