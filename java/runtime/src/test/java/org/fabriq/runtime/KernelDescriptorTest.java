// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.fabriq.kernel.KernelLimits;
import org.fabriq.kernel.KernelType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java's view of the kernels and their descriptors are the same. */
class KernelDescriptorTest {
  @ParameterizedTest
  @EnumSource(KernelType.class)
  void limitsAreThoseOfTheDescriptor(KernelType type) throws IOException {
    Path folder = Path.of(System.getProperty("fabriq.descriptors", "../../hls/kernels"));
    JsonNode descriptor =
        new ObjectMapper().readTree(folder.resolve(type.kernelName() + ".json").toFile());
    assertThat(descriptor.get("name").asText()).isEqualTo(type.kernelName());
    JsonNode limits = descriptor.get("limits");
    assertThat(limits.get("m").asInt()).isEqualTo(KernelLimits.MAX_M);
    assertThat(limits.get("k").asInt()).isEqualTo(KernelLimits.MAX_K);
    assertThat(limits.get("n").asInt()).isEqualTo(KernelLimits.MAX_N);
  }
}
