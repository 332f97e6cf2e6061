// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.FabriqException;
import org.fabriq.overlay.OverlayTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Xclbins that are packed around a bitstream, and manifests of xclbins that others made. */
class BoardXclbinTest {
  @TempDir private Path folder;

  @Test
  void aPackedXclbinIsSound() {
    XclbinContent info = TestBoardXclbin.info(folder, "7z020clg400", 3);
    assertThat(info.target()).isEqualTo("hw");
    assertThat(info.platform()).isEqualTo("fabriq_test");
    assertThat(info.part()).isEqualTo("7z020clg400");
    assertThat(info.interfaceUuid()).isNull();
    assertThat(info.clockMhz()).isEqualTo(100);
    assertThat(info.contractStated()).isTrue();
    assertThat(info.manifest().xclbin()).isEqualTo(info.metadata());
    assertThat(info.memories())
        .containsExactly(new XclbinContent.Memory("PSDDR", 1, 0, 512 << 10, true));
    assertThat(info.kernels())
        .flatExtracting(XclbinContent.Kernel::instances)
        .extracting(XclbinContent.Instance::base)
        .containsExactly(0x40000000L, 0x40010000L, 0x40020000L);
  }

  @ParameterizedTest
  @CsvSource({
    "pynq z2, 100, 0x40000000, 512, pynq z2",
    "pynq, 0, 0x40000000, 512, 1 to 1000",
    "pynq, 1001, 0x40000000, 512, 1 to 1000",
    "pynq, 100, 0x40000010, 512, multiple of 0x10000",
    "pynq, 100, -65536, 512, multiple of 0x10000",
    "pynq, 100, 0x40000000, 0, memory in MiB 0",
  })
  void wrongFiguresAreNamed(String platform, int clock, String base, int memory, String named) {
    Path bitstream = TestBoardXclbin.bitstream(folder, "7z020clg400");
    assertThatThrownBy(
            () ->
                new BitstreamXclbin(
                    bitstream,
                    platform,
                    clock,
                    KernelDescriptor.all(),
                    null,
                    Long.decode(base),
                    memory))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining(named);
  }

  @Test
  void anyOtherFileIsNoBitstream() throws Exception {
    Path text = Files.write(folder.resolve("a.bit"), new byte[5000]);
    BitstreamXclbin xclbin =
        new BitstreamXclbin(text, "pynq", 100, KernelDescriptor.all(), null, 0x40000000L, 512);
    assertThatThrownBy(() -> xclbin.write(folder.resolve("a.xclbin"), Map.of()))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll("a.bit", "aa995566", "Vivado");
    assertThat(folder.resolve("a.xclbin")).doesNotExist();
  }

  @Test
  void aDescribedXclbinHasAManifestThatMatches() throws Exception {
    Path xclbin = vendorXclbin("300MHz");
    assertThat(XclbinChecker.check(xclbin).contractStated()).isFalse();
    Files.writeString(XclbinManifest.beside(xclbin), "{\"schema\": 1, \"sha256\": \"of another\"}");
    XclbinManifest manifest = XclbinManifest.describe(xclbin, 250, null, Map.of("v++", "2024.2"));
    XclbinContent info = XclbinChecker.check(xclbin, XclbinTarget.HW);
    assertThat(info.contractStated()).isTrue();
    assertThat(info.manifest()).isEqualTo(manifest);
    assertThat(manifest.tools()).containsEntry("v++", "2024.2").containsKey("fabriq");
    assertThat(manifest.xclbin().clockMhz()).as("as the xclbin states it").isEqualTo(300);
    assertThat(manifest.xclbin().kernels())
        .extracting(XclbinMetadata.Kernel::contract)
        .containsExactly(TestXclbin.KERNEL.contract());
  }

  @Test
  void theClockIsGivenWhereTheXclbinHasNone() throws Exception {
    Path xclbin = vendorXclbin("unknown");
    assertThatThrownBy(() -> XclbinManifest.describe(xclbin, null, null, Map.of()))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll("no kernel clock", "--clock MHZ");
    assertThat(XclbinManifest.beside(xclbin)).doesNotExist();
    assertThat(XclbinManifest.describe(xclbin, 250, null, Map.of()).xclbin().clockMhz())
        .isEqualTo(250);
  }

  @Test
  void aDamagedXclbinIsNotDescribed() throws Exception {
    Path xclbin = vendorXclbin("300MHz");
    byte[] bytes = Files.readAllBytes(xclbin);
    Files.write(xclbin, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> XclbinManifest.describe(xclbin, 300, null, Map.of()))
        .isInstanceOf(XclbinFormatException.class);
    assertThat(XclbinManifest.beside(xclbin)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"small, small", "alveo, alveo", ", zynq"})
  void aPackedXclbinSaysWhatItsNetworksMayTake(String configuration, String target) {
    Path file = folder.resolve("network.xclbin");
    packed("network_i8", configuration).write(file, Map.of());
    assertThat(XclbinChecker.check(file, XclbinTarget.HW).overlay())
        .contains(OverlayTarget.named(target));
  }

  @ParameterizedTest
  @CsvSource({"small, small", "hls, hls", ", zynq"})
  void aDescribedXclbinSaysWhatItsNetworksMayTake(String configuration, String target) {
    Path xclbin = vendorXclbin(KernelDescriptor.of("network_i8"), "300MHz");
    XclbinManifest.describe(xclbin, null, configuration, Map.of());
    assertThat(XclbinChecker.check(xclbin, XclbinTarget.HW).overlay())
        .contains(OverlayTarget.named(target));
  }

  @Test
  void aWrongConfigurationIsNamed() {
    assertThatThrownBy(() -> packed("network_i8", "tiny"))
        .isInstanceOf(FabriqException.class)
        .hasMessageContainingAll("'tiny'", "zynq, small, alveo");
    assertThatThrownBy(() -> packed("matmul_i8i8", "small"))
        .isInstanceOf(FabriqException.class)
        .hasMessageContainingAll("'small'", "matmul_i8i8", "network_i8");
    Path vendor = vendorXclbin("300MHz");
    assertThatThrownBy(() -> XclbinManifest.describe(vendor, null, "small", Map.of()))
        .isInstanceOf(FabriqException.class)
        .hasMessageContainingAll("'small'", "matmul_f32i8", "network_i8");
    Path own = folder.resolve("own.xclbin");
    packed("network_i8", "alveo").write(own, Map.of());
    assertThatThrownBy(() -> XclbinManifest.describe(own, null, "small", Map.of()))
        .isInstanceOf(FabriqException.class)
        .hasMessageContainingAll("'small'", "own.xclbin", "leave the configuration out");
  }

  private BitstreamXclbin packed(String kernel, String configuration) {
    return new BitstreamXclbin(
        TestBoardXclbin.bitstream(folder, "7z020clg400"),
        "fabriq_test",
        100,
        List.of(KernelDescriptor.of(kernel)),
        configuration,
        0x40000000L,
        512);
  }

  private Path vendorXclbin(String frequency) {
    return vendorXclbin(TestXclbin.KERNEL, frequency);
  }

  private Path vendorXclbin(KernelDescriptor kernel, String frequency) {
    return TestXclbin.of(XclbinTarget.SW_EMU, folder, kernel)
        .target(XclbinTarget.HW)
        .without(SectionKind.USER_METADATA)
        .with(SectionKind.BITSTREAM, new byte[4096])
        .replace(
            SectionKind.EMBEDDED_METADATA,
            "frequency=\"300MHz\"",
            "frequency=\"" + frequency + "\"")
        .write(folder);
  }
}
