// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.importers.graph.Role;
import org.fabriq.importing.ImportedModel;
import org.fabriq.importing.SourceOperation;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LeakyReluLayer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exported is imported as the same network, tables of codes among it. */
class ExportedNetworksTest {
  private static final RandomNetwork RANDOM = new RandomNetwork(Seed.random("exported networks"));

  @TempDir private Path folder;

  private static DenseLayer dense(String name, int outputs, int inputs) {
    return new DenseLayer(name, RANDOM.tensor(outputs, inputs), RANDOM.tensor(outputs).toArray());
  }

  private static Network of(SampleShape input, Layer... layers) {
    return new Network(input, List.of(layers));
  }

  static Stream<Named<Network>> networks() {
    return Stream.of(
        Named.of("every layer", RANDOM.ofEveryLayer()),
        Named.of(
            "tables between products",
            of(
                SampleShape.vector(12),
                dense("fc1", 9, 12),
                new ActivationLayer("tanh", Activation.TANH),
                dense("fc2", 7, 9),
                new ActivationLayer("sigmoid", Activation.SIGMOID),
                dense("fc3", 4, 7))),
        Named.of(
            "a table at the end, behind another",
            of(
                SampleShape.vector(12),
                dense("fc1", 9, 12),
                new LeakyReluLayer("leaky", 0.1f),
                new ActivationLayer("tanh", Activation.TANH))),
        Named.of(
            "a table before codes that move",
            of(
                SampleShape.image(2, 6, 6),
                RANDOM.conv("conv1", 2, 3, 1, Window.square(3, 1, 1), true),
                new ActivationLayer("tanh", Activation.TANH),
                new MaxPoolLayer("pool", Window.square(2, 2, 0)),
                RANDOM.conv("conv2", 3, 3, 1, Window.square(3, 1, 0), true))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areImportedAgain(Network network) {
    Float32Tensor x = RANDOM.tensor(50, network.input().size());
    IntegerNetwork given =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    Path file = folder.resolve("exported.onnx");
    new OnnxExporter().write(given, file);
    ImportedModel model = new OnnxImporter().read(file);
    IntegerNetwork found = model.integers().orElseThrow();
    assertThat(tables(found)).isEqualTo(tables(given)).isNotEmpty();
    assertThat(found.inputCodes()).isEqualTo(given.inputCodes());
    assertThat(
            ReferenceNetwork.run(found, found.quantize(x))
                .mismatches(ReferenceNetwork.run(given, given.quantize(x))))
        .isZero();
    assertThat(model.operations())
        .filteredOn(operation -> operation.role().equals(Role.INDEX.words()))
        .extracting(SourceOperation::operator)
        .hasSize(2 * tables(given).size())
        .containsOnly("Cast", "Add");
  }

  private static List<List<Byte>> tables(IntegerNetwork network) {
    return network.layers().stream()
        .filter(CodeTable.class::isInstance)
        .map(layer -> bytes(((CodeTable) layer).table()))
        .toList();
  }

  private static List<Byte> bytes(byte[] table) {
    Byte[] boxed = new Byte[table.length];
    for (int i = 0; i < table.length; i++) {
      boxed[i] = table[i];
    }
    return List.of(boxed);
  }
}
