// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.overlay.OverlayTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class XclbinBuilderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = XclbinTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void whatIsBuiltIsSoundAndComplete(XclbinTarget target) throws IOException {
    Path file = folder.resolve("kernels.xclbin");
    XclbinManifest manifest =
        new XclbinBuilder(target, TestXclbin.payload(folder))
            .instances(2)
            .clockMhz(250)
            .write(file);
    XclbinContent info = XclbinChecker.check(file, target);
    assertThat(info.manifest()).isEqualTo(manifest);
    assertThat(info.metadata()).isEqualTo(manifest.xclbin());
    assertThat(info.contractStated()).isTrue();
    assertThat(info.clockMhz()).isEqualTo(250);
    assertThat(info.bytes()).isEqualTo(Files.size(file));
    assertThat(info.memories())
        .containsExactly(new XclbinContent.Memory("DDR[0]", 1, 0, 16L << 20, true));
    assertThat(info.kernels()).hasSize(4).allMatch(XclbinContent.Kernel::known);
    assertThat(info.kernels().stream().flatMap(kernel -> kernel.instances().stream()))
        .extracting(instance -> "%s %x".formatted(instance.name(), instance.base()))
        .containsExactly(
            "matmul_f32f32_1 1800000",
            "matmul_f32f32_2 1810000",
            "matmul_f32i8_1 1820000",
            "matmul_f32i8_2 1830000",
            "matmul_i8i8_1 1840000",
            "matmul_i8i8_2 1850000",
            "network_i8_1 1860000",
            "network_i8_2 1870000");
    assertThat(info.kernels().get(2).arguments().get(10))
        .isEqualTo(new XclbinContent.Argument(10, "clamp_max", false, 0x70, 4, "S_AXI_CONTROL"));
    assertThat(info.kernels().get(2).arguments().get(12))
        .isEqualTo(new XclbinContent.Argument(12, "weights_id", false, 0x80, 4, "S_AXI_CONTROL"));
    assertThat(info.kernels().get(3).arguments().get(2))
        .isEqualTo(new XclbinContent.Argument(2, "results", true, 0x28, 8, "M_AXI_GMEM_RESULTS"));
    assertThat(info.metadata().kernels())
        .extracting(XclbinMetadata.Kernel::configuration)
        .containsExactly(null, null, null, "zynq");
    assertThat(info.overlay()).contains(OverlayTarget.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource(
      value = XclbinTarget.class,
      names = {"SW_EMU", "HW_EMU"})
  void equalInputsGiveEqualBytes(XclbinTarget target) {
    assertThat(TestXclbin.bytes(target, folder)).isEqualTo(TestXclbin.bytes(target, folder));
  }

  @Test
  void differentInputsGiveDifferentUuids() {
    XclbinTarget target = XclbinTarget.SW_EMU;
    byte[] other = TestXclbin.elf();
    other[199]++;
    Path payload = TestXclbin.write(folder.resolve("other"), other);
    assertThat(
            Stream.of(
                TestXclbin.builder(target, folder),
                TestXclbin.builder(target, folder).instances(2),
                TestXclbin.builder(target, folder).clockMhz(100),
                TestXclbin.builder(XclbinTarget.HW_EMU, folder),
                new XclbinBuilder(target, payload).kernels(List.of(TestXclbin.KERNEL)),
                new XclbinBuilder(target, TestXclbin.payload(folder))))
        .extracting(builder -> Digest.uuidText(builder.build().uuid()))
        .doesNotHaveDuplicates();
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("kernels.xclbin"), "old");
    TestXclbin.builder(XclbinTarget.SW_EMU, folder).write(file);
    assertThat(folder)
        .isDirectoryNotContaining(path -> path.toString().endsWith(".part"))
        .isDirectoryContaining("glob:**/kernels.xclbin.json");
    assertThat(XclbinChecker.check(file).target()).isEqualTo("sw_emu");
  }

  @Test
  void unzipMakesTheScriptExecutable() throws IOException, InterruptedException {
    Path zip =
        TestXclbin.write(
            folder.resolve("payload.zip"),
            TestXclbin.of(XclbinTarget.HW_EMU, folder).section(SectionKind.BITSTREAM));
    Process unzip =
        new ProcessBuilder("unzip", "-q", zip.toString(), "-d", folder.resolve("out").toString())
            .inheritIO()
            .start();
    assertThat(unzip.waitFor()).isZero();
    Path scripts = folder.resolve("out/behav_waveform/xsim");
    assertThat(scripts.resolve("simulate.sh")).isExecutable();
    assertThat(scripts.resolve("fabriq_emulator"))
        .isExecutable()
        .hasBinaryContent(TestXclbin.elf());
    assertThat(scripts.resolve("embedded_metadata.xml"))
        .hasBinaryContent(
            TestXclbin.of(XclbinTarget.HW_EMU, folder).section(SectionKind.EMBEDDED_METADATA));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 9, Integer.MAX_VALUE})
  void instancesHaveARange(int count) {
    XclbinBuilder builder = TestXclbin.builder(XclbinTarget.SW_EMU, folder);
    assertThatThrownBy(() -> builder.instances(count))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("" + count, "1 to 8");
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 0, 1001})
  void clockHasARange(int clock) {
    XclbinBuilder builder = TestXclbin.builder(XclbinTarget.SW_EMU, folder);
    assertThatThrownBy(() -> builder.clockMhz(clock))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("" + clock, "1 to 1000");
  }

  @Test
  void kernelsAreOneOrMoreEachOnce() {
    XclbinBuilder builder = TestXclbin.builder(XclbinTarget.SW_EMU, folder);
    KernelDescriptor kernel = TestXclbin.KERNEL;
    assertThatThrownBy(() -> builder.kernels(List.of()))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> builder.kernels(List.of(kernel, kernel)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(kernel.name());
    assertThatThrownBy(() -> KernelDescriptor.of("matmul_i4"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("matmul_i4", "matmul_i8i8");
  }

  @Test
  void devicesAreNotBuiltHere() {
    assertThatThrownBy(() -> new XclbinBuilder(XclbinTarget.HW, folder))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("v++");
  }

  @Test
  void payloadsAreWholeElfFiles() throws IOException {
    Path missing = folder.resolve("missing");
    Path text = Files.writeString(folder.resolve("text"), "x".repeat(100));
    assertThatThrownBy(() -> new XclbinBuilder(XclbinTarget.SW_EMU, missing).build())
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> new XclbinBuilder(XclbinTarget.HW_EMU, text).build())
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(text.toString(), "ELF");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("nowhere/kernels.xclbin");
    XclbinBuilder builder = TestXclbin.builder(XclbinTarget.SW_EMU, folder);
    assertThatThrownBy(() -> builder.write(file))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(file.toString(), "folder");
  }
}
