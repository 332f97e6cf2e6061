// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fabriq.FabriqException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that are packed around a bitstream, and manifests of images that others made. */
class BoardImageTest {
  @TempDir private Path folder;

  @Test
  void aPackedImageIsSound() {
    ImageInfo info = TestBoardImage.info(folder, "7z020clg400", 3);
    assertThat(info.target()).isEqualTo("hw");
    assertThat(info.platform()).isEqualTo("fabriq_test");
    assertThat(info.part()).isEqualTo("7z020clg400");
    assertThat(info.interfaceUuid()).isNull();
    assertThat(info.clockMhz()).isEqualTo(100);
    assertThat(info.contractStated()).isTrue();
    assertThat(info.manifest().image()).isEqualTo(info.metadata());
    assertThat(info.memories())
        .containsExactly(new ImageInfo.Memory("PSDDR", 1, 0, 512 << 10, true));
    assertThat(info.kernels())
        .flatExtracting(ImageInfo.Kernel::instances)
        .extracting(ImageInfo.Instance::base)
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
    Path bitstream = TestBoardImage.bitstream(folder, "7z020clg400");
    assertThatThrownBy(
            () ->
                new BitstreamImage(
                    bitstream, platform, clock, KernelDescriptor.all(), Long.decode(base), memory))
        .isInstanceOf(FabriqException.class)
        .hasMessageContaining(named);
  }

  @Test
  void anyOtherFileIsNoBitstream() throws Exception {
    Path text = Files.write(folder.resolve("a.bit"), new byte[5000]);
    BitstreamImage image =
        new BitstreamImage(text, "pynq", 100, KernelDescriptor.all(), 0x40000000L, 512);
    assertThatThrownBy(() -> image.write(folder.resolve("a.xclbin"), Map.of()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContainingAll("a.bit", "aa995566", "Vivado");
    assertThat(folder.resolve("a.xclbin")).doesNotExist();
  }

  @Test
  void aDescribedImageHasAManifestThatMatches() throws Exception {
    Path image = vendorImage("300MHz");
    assertThat(ImageChecker.check(image).contractStated()).isFalse();
    Files.writeString(ImageManifest.beside(image), "{\"schema\": 1, \"sha256\": \"of another\"}");
    ImageManifest manifest = ImageManifest.describe(image, 250, Map.of("v++", "2024.2"));
    ImageInfo info = ImageChecker.check(image, ImageTarget.HW);
    assertThat(info.contractStated()).isTrue();
    assertThat(info.manifest()).isEqualTo(manifest);
    assertThat(manifest.tools()).containsEntry("v++", "2024.2").containsKey("fabriq");
    assertThat(manifest.image().clockMhz()).as("as the image states it").isEqualTo(300);
    assertThat(manifest.image().kernels())
        .extracting(ImageMetadata.Kernel::contract)
        .containsExactly(TestImage.KERNEL.contract());
  }

  @Test
  void theClockIsGivenWhereTheImageHasNone() throws Exception {
    Path image = vendorImage("unknown");
    assertThatThrownBy(() -> ImageManifest.describe(image, null, Map.of()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContainingAll("no kernel clock", "--clock MHZ");
    assertThat(ImageManifest.beside(image)).doesNotExist();
    assertThat(ImageManifest.describe(image, 250, Map.of()).image().clockMhz()).isEqualTo(250);
  }

  @Test
  void aDamagedImageIsNotDescribed() throws Exception {
    Path image = vendorImage("300MHz");
    byte[] bytes = Files.readAllBytes(image);
    Files.write(image, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> ImageManifest.describe(image, 300, Map.of()))
        .isInstanceOf(ImageFormatException.class);
    assertThat(ImageManifest.beside(image)).doesNotExist();
  }

  private Path vendorImage(String frequency) {
    return TestImage.of(ImageTarget.SW_EMU, folder)
        .target(ImageTarget.HW)
        .without(SectionKind.USER_METADATA)
        .with(SectionKind.BITSTREAM, new byte[4096])
        .replace(
            SectionKind.EMBEDDED_METADATA,
            "frequency=\"300MHz\"",
            "frequency=\"" + frequency + "\"")
        .write(folder);
  }
}
