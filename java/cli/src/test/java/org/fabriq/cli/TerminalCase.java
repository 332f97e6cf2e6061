// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fabriq.runtime.Device;

/**
 * A command line that {@link TerminalTest} runs on a terminal.
 *
 * @param columns of the terminal
 * @param bars tasks that show a bar; none for commands that are done at once
 * @param line the arguments; FOLDER stands for a folder of the test's own
 * @param before command lines that make the files it reads
 */
record TerminalCase(int columns, List<String> bars, String line, List<String> before) {
  private static final String BUILD =
      "xclbin build --target hw_emu --payload FOLDER/payload.so --out FOLDER/a.xclbin";
  private static final String LATENCY =
      "latency --batches 1,64 --samples 2 --seconds 0.02 --against cpu:java --json FOLDER/latency";

  /** All of them. */
  static List<TerminalCase> all() {
    return List.of(
        bars(60, "infer --images 500 --show 3 --variant f32i8", "images"),
        new TerminalCase(
            80,
            List.of("images"),
            "infer --weights FOLDER/int.npz --images 300 --device reference --launch network",
            List.of(
                "quantize --form integer --scheme per-channel:symmetric:8 --images 20"
                    + " --calibrate 20 --out FOLDER/int.npz")),
        bars(100, "sweep --images 200 --calibrate 100", "word lengths"),
        bars(
            100,
            "sweep --images 200 --calibrate 100 --scheme per-channel:{},mse --bits 3,4"
                + " --device cpu:java --pass bias --json FOLDER/sweep.json",
            "schemes"),
        bars(
            100,
            "latency --batches 1,4,16 --samples 5 --seconds 0.05 --against cpu:java",
            "latency"),
        bars(
            200, "latency --batches 1 --device cpu:java --against cpu:java --samples 5", "latency"),
        bars(100, "compare --images 500 --samples 5 --json FOLDER/compare.json", "f32i8 images"),
        bars(
            100,
            "quantize --out FOLDER/q.npz --images 300 --calibrate 200 --device cpu:java"
                + " --pass adaround,gptq,bias --iterations 60 --json FOLDER/report.json"
                + " --accumulator 16,wrap",
            "adaround",
            "accumulator",
            "fp32 images",
            "images",
            "gptq"),
        new TerminalCase(
            100,
            List.of("latency"),
            "report --folder FOLDER/report --cycles-device emulation --break-even FOLDER/even"
                + " --compare FOLDER/compare --sweep FOLDER/sweep --latency FOLDER/latency",
            List.of(
                "compare --images 20 --calibrate 20 --samples 1 --json FOLDER/compare",
                "sweep --images 20 --calibrate 20 --json FOLDER/sweep",
                LATENCY,
                "break-even --from FOLDER/latency --json FOLDER/even")),
        atOnce("break-even --from FOLDER/latency --json FOLDER/even", LATENCY),
        atOnce("rounding"),
        atOnce("import FOLDER/model.onnx --out FOLDER/net.npz --explain"),
        atOnce(
            "export FOLDER/net.npz --out FOLDER/out.onnx",
            "import FOLDER/model.onnx --out FOLDER/net.npz"),
        atOnce(
            "plan FOLDER/net.npz --out FOLDER/program.bin",
            "import FOLDER/model.onnx --out FOLDER/net.npz"),
        atOnce("devices"),
        atOnce("doctor"),
        atOnce("doctor --xclbin FOLDER/a.xclbin", BUILD),
        atOnce("resources"),
        atOnce(BUILD),
        atOnce("xclbin info FOLDER/a.xclbin", BUILD),
        atOnce("xclbin verify FOLDER/a.xclbin", BUILD),
        atOnce("xclbin describe --tool v++=2024.2 FOLDER/a.xclbin", BUILD),
        atOnce(
            "xclbin pack --bitstream FOLDER/a.bit --platform fabriq_pynq-z2 --kernels matmul_i8i8"
                + " --base 0x40000000 --memory 512 --clock 100 --out FOLDER/a.xclbin"));
  }

  private static TerminalCase bars(int columns, String line, String... bars) {
    return new TerminalCase(columns, List.of(bars), line, List.of());
  }

  private static TerminalCase atOnce(String line, String... before) {
    return new TerminalCase(100, List.of(), line, List.of(before));
  }

  /** Whether it runs a command, as {@code xclbin build}. */
  boolean runs(String command) {
    return (line + " ").startsWith(command + " ");
  }

  /** Makes the files in a folder, and gives the arguments. */
  List<String> prepare(Path folder) throws IOException {
    try (InputStream library =
        Device.class.getResourceAsStream("/org/fabriq/bridge/linux-x86_64/libfabriq.so")) {
      Files.copy(library, folder.resolve("payload.so"));
    }
    byte[] bitstream = {0, 9, (byte) 0xaa, (byte) 0x99, 0x55, 0x66};
    Files.write(folder.resolve("a.bit"), bitstream);
    OnnxModel.quantized().write(folder.resolve("model.onnx"), "logits");
    for (String each : before) {
      CommandRun run = CommandRun.of(words(each, folder).toArray(String[]::new));
      assertThat(run.exitCode()).as(each + ": " + run.err()).isZero();
    }
    return words(line, folder);
  }

  private static List<String> words(String line, Path folder) {
    return List.of(line.replace("FOLDER", folder.toString()).split(" "));
  }

  @Override
  public String toString() {
    return line;
  }
}
