// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.fabriq.synthesis.FpgaDevice;
import org.fabriq.synthesis.Resource;
import org.fabriq.xclbin.KernelDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of bitstreams/platforms, against devices, descriptors and the table in the README. */
class PlatformFileTest {
  static List<PlatformFile> platforms() {
    return PlatformFile.all();
  }

  @Test
  void everyBoardThatIsPromisedHasAFile() {
    assertThat(platforms())
        .extracting(PlatformFile::name)
        .containsExactly(
            "kr260",
            "kv260",
            "pynq-z2",
            "u200",
            "u250",
            "u280",
            "u50",
            "u55c",
            "zcu104",
            "zybo-z7-20");
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void aPlatformFileIsWhole(PlatformFile platform) {
    assertThat(platform.text("status")).isEqualTo("configured, never built");
    FpgaDevice device = FpgaDevice.of(platform.text("part"));
    for (Resource resource : Resource.values()) {
      long holds = platform.json().get("holds").get(resource.name()).asLong();
      assertThat(holds).as(resource.name()).isEqualTo(device.totals().get(resource).orElseThrow());
      assertThat(platform.json().get("shell").get(resource.name()).asLong()).isBetween(0L, holds);
    }
    Set<String> bundles =
        KernelDescriptor.all().stream()
            .flatMap(kernel -> kernel.arguments().stream())
            .map(KernelDescriptor.Argument::bundle)
            .filter(bundle -> bundle != null)
            .collect(Collectors.toSet());
    JsonNode connect = platform.json().get("connect");
    assertThat(connect.fieldNames()).toIterable().isSubsetOf(bundles);
    connect.forEach(
        range -> assertThat(platform.banks()).containsAll(PlatformFile.expand(range.asText())));
    platform
        .json()
        .get("rtl")
        .get("configurations")
        .forEach(
            name ->
                assertThat(
                        BuildXclbin.ROOT.resolve("hls/rtl/configurations/" + name.asText() + ".sv"))
                    .isRegularFile());
  }

  @Test
  void theTableOfPlatformsNamesEach() throws Exception {
    String table = Files.readString(BuildXclbin.ROOT.resolve("bitstreams/README.md"));
    for (PlatformFile platform : platforms()) {
      assertThat(table)
          .contains("| `" + platform.name() + "` |", platform.text("board"), platform.text("part"))
          .contains(platform.text("status").toLowerCase(Locale.ROOT));
    }
  }
}
