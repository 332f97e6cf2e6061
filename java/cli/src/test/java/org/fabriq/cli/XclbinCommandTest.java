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

/** The xclbin commands; the stand-in payload is the library that every build has. */
class XclbinCommandTest {
  @TempDir private Path folder;
  private Path xclbin;
  private Path payload;

  @BeforeEach
  void findPayload() throws IOException {
    xclbin = folder.resolve("a.xclbin");
    payload = folder.resolve("payload.so");
    try (var library =
        Device.class.getResourceAsStream("/org/fabriq/bridge/linux-x86_64/libfabriq.so")) {
      assertThat(library).isNotNull();
      Files.copy(library, payload);
    }
  }

  private CommandRun build(String target, String... more) {
    String[] arguments = {
      "xclbin", "build", "--target", target, "--out", xclbin.toString(), "--payload", "" + payload
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
    assertThat(build.out()).contains(xclbin.toString(), target, "uuid", "a.xclbin.json");

    CommandRun verify = CommandRun.of("xclbin", "verify", "--target", target, xclbin.toString());
    assertThat(verify.exitCode()).as(verify.err()).isZero();
    assertThat(verify.out().lines()).hasSize(1);
    assertThat(verify.out()).contains(": sound, " + target, "contract matches, manifest matches");

    CommandRun info = CommandRun.of("xclbin", "info", xclbin.toString());
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

    Path file = folder.resolve("a.json");
    assertThat(CommandRun.of("xclbin", "info", "--json", "" + file, "" + xclbin).out())
        .isEqualTo(info.out() + "written: %s%n".formatted(file));
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("target").asText()).isEqualTo(target);
    assertThat(json.get("manifest").get("sha256")).isEqualTo(json.get("sha256"));
    assertThat(json.get("kernels").findValuesAsText("port")).contains("M_AXI_GMEM_P");
  }

  @Test
  void aDamagedXclbinIsOneLine() throws IOException {
    build("sw_emu");
    byte[] bytes = Files.readAllBytes(xclbin);
    bytes[bytes.length / 2]++;
    Files.write(xclbin, bytes);
    for (String command : new String[] {"verify", "info"}) {
      assertRefused(CommandRun.of("xclbin", command, xclbin.toString()), xclbin.toString());
    }
  }

  @Test
  void anXclbinForAnotherTargetIsRefused() {
    build("hw_emu");
    assertRefused(
        CommandRun.of("xclbin", "verify", "--target", "sw_emu", xclbin.toString()),
        "build one for sw_emu: fabriq xclbin build --target sw_emu --out FILE");
    assertRefused(
        CommandRun.of("xclbin", "verify", "--target", "hw", xclbin.toString()),
        "build one for hw: scripts/build-xclbin.sh --platform NAME --target hw");
  }

  @ParameterizedTest
  @CsvSource({
    "hw_emu, --instances, 0, 1 to 8",
    "hw_emu, --instances, 9, 1 to 8",
    "sw_emu, --clock, 0, 1 to 1000",
    "sw_emu, --kernels, matmul_i4, matmul_i4",
    "sw_emu, --payload, nofile.so, nofile.so",
    "hw, --instances, 1, scripts/build-xclbin.sh --platform NAME --target hw",
    "fpga, --instances, 1, 'sw_emu, hw_emu, hw'",
  })
  void wrongInputIsNamed(String target, String option, String value, String named) {
    assertRefused(
        CommandRun.of(
            "xclbin",
            "build",
            "--target",
            target,
            "--out",
            xclbin.toString(),
            option,
            value,
            option.equals("--payload") ? "--clock=9" : "--payload=" + payload),
        named);
    assertThat(xclbin).doesNotExist();
  }

  private static void assertRefused(CommandRun run, String named) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("fabriq: ").contains(named);
    assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
  }
}
