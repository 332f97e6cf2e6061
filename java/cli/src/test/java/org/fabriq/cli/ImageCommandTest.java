// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.runtime.Device;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The image commands; the stand-in payload is the library that every build has. */
class ImageCommandTest {
  @TempDir private Path folder;
  private Path image;
  private Path payload;

  @BeforeEach
  void findPayload() throws IOException {
    image = folder.resolve("a.xclbin");
    payload = folder.resolve("payload.so");
    try (var library =
        Device.class.getResourceAsStream("/org/fabriq/bridge/linux-x86_64/libfabriq.so")) {
      assertThat(library).isNotNull();
      Files.copy(library, payload);
    }
  }

  private CommandRun build(String target, String... more) {
    String[] arguments = {
      "image", "build", "--target", target, "--out", image.toString(), "--payload", "" + payload
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandRun.of(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sw_emu", "hw_emu"})
  void buildVerifyInfo(String target) throws IOException {
    CommandRun build =
        build(
            target, "--kernels", "matmul_i8i8,matmul_f32i8", "--instances", "2", "--clock", "200");
    assertThat(build.exitCode()).as(build.err()).isZero();
    assertThat(build.out()).contains(image.toString(), target, "uuid", "a.xclbin.json");

    CommandRun verify = CommandRun.of("image", "verify", "--target", target, image.toString());
    assertThat(verify.exitCode()).as(verify.err()).isZero();
    assertThat(verify.out().lines()).hasSize(1);
    assertThat(verify.out()).contains(": sound, " + target, "contract matches, manifest matches");

    CommandRun info = CommandRun.of("image", "info", image.toString());
    assertThat(info.exitCode()).as(info.err()).isZero();
    assertThat(info.out())
        .contains(
            "fabriq-numerics 1",
            "200 MHz",
            "DDR[0]",
            "EMBEDDED_METADATA",
            "matmul_i8i8_2 at 0x1810000, ap_ctrl_chain",
            "clamp_max    scalar  4 bytes at 0x70")
        .doesNotContain("matmul_f32f32");

    JsonNode json =
        new ObjectMapper()
            .readTree(CommandRun.of("image", "info", "--json", image.toString()).out());
    assertThat(json.get("target").asText()).isEqualTo(target);
    assertThat(json.get("manifest").get("sha256")).isEqualTo(json.get("sha256"));
    assertThat(json.get("kernels").findValuesAsText("port")).contains("M_AXI_GMEM_P");
  }

  @Test
  void aDamagedImageIsOneLine() throws IOException {
    build("sw_emu");
    byte[] bytes = Files.readAllBytes(image);
    bytes[bytes.length / 2]++;
    Files.write(image, bytes);
    for (String command : new String[] {"verify", "info"}) {
      assertRefused(CommandRun.of("image", command, image.toString()), image.toString());
    }
  }

  @Test
  void anImageForAnotherTargetIsRefused() {
    build("hw_emu");
    assertRefused(
        CommandRun.of("image", "verify", "--target", "sw_emu", image.toString()),
        "build one for sw_emu: fabriq image build --target sw_emu --out FILE");
    assertRefused(
        CommandRun.of("image", "verify", "--target", "hw", image.toString()),
        "build one for hw: scripts/build-image.sh --platform NAME --target hw");
  }

  @ParameterizedTest
  @CsvSource({
    "hw_emu, --instances, 0, 1 to 8",
    "hw_emu, --instances, 9, 1 to 8",
    "sw_emu, --clock, 0, 1 to 1000",
    "sw_emu, --kernels, matmul_i4, matmul_i4",
    "sw_emu, --payload, nofile.so, nofile.so",
    "hw, --instances, 1, scripts/build-image.sh --platform NAME --target hw",
    "fpga, --instances, 1, 'sw_emu, hw_emu, hw'",
  })
  void wrongInputIsNamed(String target, String option, String value, String named) {
    assertRefused(
        CommandRun.of(
            "image",
            "build",
            "--target",
            target,
            "--out",
            image.toString(),
            option,
            value,
            option.equals("--payload") ? "--clock=9" : "--payload=" + payload),
        named);
    assertThat(image).doesNotExist();
  }

  private static void assertRefused(CommandRun run, String named) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("fabriq: ").contains(named);
    assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
  }
}
