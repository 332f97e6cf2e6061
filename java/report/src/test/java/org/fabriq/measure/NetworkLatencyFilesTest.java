// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written of whole networks is read as the same. */
class NetworkLatencyFilesTest {
  private static JsonNode written(List<NetworkLatency> networks) throws JsonProcessingException {
    MachineState now = MachineState.now();
    return new ObjectMapper().readTree(LatencyFiles.jsonOfNetworks(networks, now, now).toString());
  }

  @Test
  void whatIsWrittenIsRead() throws JsonProcessingException {
    List<NetworkLatency> networks =
        List.of(
            NetworkSamples.network(Noise.NONE),
            NetworkSamples.network(new Noise(List.of("load 9.0"))),
            NetworkSamples.without());
    assertThat(LatencyFiles.networks(written(networks))).isEqualTo(networks);
  }

  @Test
  void fieldsAreThoseOfTheSchema() throws JsonProcessingException {
    JsonNode root = written(List.of(NetworkSamples.network(Noise.NONE)));
    assertThat(root.path("schema").asInt()).isOne();
    assertThat(root.path("layers")).isEmpty();
    JsonNode side = root.at("/networks/0/points/1/sides/0");
    assertThat(side.path("way").asText()).isEqualTo("network");
    assertThat(side.path("kernel_cycles").asLong()).isEqualTo(21_000);
    assertThat(side.path("kernel_at_clock_us").asDouble()).isEqualTo(210);
    assertThat(side.path("cycles").path("stalled_on_a").asLong()).isEqualTo(40);
    // 512,000 multiplications of 10 images in 21,000 cycles of 512.
    assertThat(side.path("array_use").asDouble()).isEqualTo(5_120_000 / (21_000 * 512.0));
    assertThat(root.at("/networks/0/points/1/sides/2").has("cycles")).isFalse();
    assertThat(root.at("/networks/0/planned/programs/1/images").asInt()).isEqualTo(4);
  }

  @Test
  void csvHasALineForEachSide() {
    List<String> lines =
        LatencyFiles.csvOfNetworks(List.of(NetworkSamples.network(Noise.NONE))).lines().toList();
    assertThat(lines).hasSize(1 + 2 * 4);
    assertThat(lines.get(0)).startsWith("network,batch,way,planned_cycles,array_use,device,");
    assertThat(lines.get(1))
        .startsWith("\"kws\",1,network,2000,0.47619")
        .contains(",xrt:hw_emu,true,false,40,9000.0,");
    assertThat(lines.get(3)).startsWith("\"kws\",1,session,2000,,onnxruntime,false,false,40,90.0,");
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.split(",", -1)).hasSameSizeAs(lines.get(0).split(",", -1)));
  }

  /** Files of layers have none. */
  @Test
  void aFileOfLayersHasNoNetworks() {
    MachineState now = MachineState.now();
    assertThat(LatencyFiles.networks(LatencyFiles.json(List.of(), now, now))).isEmpty();
  }
}
