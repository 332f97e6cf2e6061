// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptors that users write, and xclbins of their kernels. */
class ForeignKernelTest {
  private static final String WHOLE =
      """
      {"name": "scale", "contract": {"id": "scale", "version": 1}, "control": "ap_ctrl_hs",
       "arguments": [
        {"name": "x", "type": "float *", "kind": "pointer", "bundle": "gmem", "offset": "0x10"},
        {"name": "factor", "type": "float", "kind": "scalar", "offset": "0x1c"}]}
      """;

  @TempDir private Path folder;

  @Test
  void anXclbinHoldsTheKernel() throws IOException {
    KernelDescriptor kernel = KernelDescriptor.read(descriptor(WHOLE));
    Path xclbin = folder.resolve("scale.xclbin");
    new XclbinBuilder(XclbinTarget.SW_EMU, TestXclbin.payload(folder))
        .kernels(List.of(kernel, KernelDescriptor.of("matmul_i8i8")))
        .write(xclbin);
    XclbinContent.Kernel found = XclbinChecker.check(xclbin).kernels().get(0);
    assertThat(found.name()).isEqualTo("scale");
    assertThat(found.known()).isFalse();
    assertThat(found.arguments()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"scale\", \"contract' | '\"sca le\", \"contract' | sca le",
        "'\"contract\"' | '\"treaty\"' | no contract",
        "ap_ctrl_hs | ap_ctrl_none | ap_ctrl_none",
        "'\"arguments\"' | '\"args\"' | descriptor",
        "pointer | matrix | argument x",
        "'\"bundle\"' | '\"port\"' | argument x has no bundle",
        "0x1c | 0x14 | argument factor overlaps",
        "0x1c | 0x1e | argument factor overlaps",
        "0x1c | many | many",
        "0x10 | 0x0c | argument x overlaps",
        "'\"x\"' | '\"\"' | argument",
        "]} | ] | descriptor",
      })
  void brokenDescriptorsAreRefused(String from, String to, String named) throws IOException {
    assertThat(WHOLE).contains(from);
    Path file = descriptor(WHOLE.replace(from, to));
    assertThatThrownBy(() -> KernelDescriptor.read(file))
        .isInstanceOf(XclbinFormatException.class)
        .hasMessageContainingAll(file.toString(), named);
  }

  private Path descriptor(String text) throws IOException {
    return Files.writeString(folder.resolve("scale.json"), text);
  }
}
