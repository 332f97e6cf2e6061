// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.importing.ModelExporter;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerLayerType;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Network;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.ModelFolder;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX Runtime gives the codes of exported networks, up to its rounding to fp32: each layer alone
 * is never more than 1 off, and equal in 99.9 % of codes; in 95 % where exact values are often
 * ties, which fp32 misses: sums, means, and products whose multipliers are powers of two.
 */
class OnnxExporterTest {
  private static final int SAMPLES = 40;

  @TempDir private Path folder;

  @Test
  void everyTypeOfLayerHasNodes() {
    assertThat(IntegerLayerType.ALL)
        .allMatch(type -> LayerNodes.ALL.stream().anyMatch(row -> row.type() == type.type()));
  }

  @ParameterizedTest
  @EnumSource(OutputScales.class)
  void everyLayerGivesItsCodes(OutputScales scales) {
    RandomNetwork random = new RandomNetwork(Seed.random("OnnxExporterTest"));
    for (Network network : List.of(random.ofEveryLayer(), random.ofBranches())) {
      Float32Tensor x = random.tensor(SAMPLES, network.input().size());
      String weights = scales == OutputScales.CALIBRATED ? "per-channel:8" : "symmetric:8";
      boolean ties = scales == OutputScales.ACCUMULATED_SHIFTS;
      check(RandomIntegerNetwork.of(network, x, weights, "affine:8", scales), x, ties);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlperf-tiny/ad_deep_autoencoder.onnx",
        "mlperf-tiny/ic_resnet8.onnx",
        "kws-forms/micro_kws_m_qoperator_add_shape.onnx"
      })
  void importedNetworksAreExported(String name) {
    IntegerNetwork network =
        new OnnxImporter().read(ModelFolder.file(name)).integers().orElseThrow();
    RandomNetwork random = new RandomNetwork(Seed.random(name));
    Float32Tensor x = random.tensor(4, network.input().size());
    float range = 100 * network.inputCodes().scale(0);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, range * x.get(i));
    }
    check(network, x, false);
  }

  /** Each layer of ONNX Runtime against its definition on what ONNX Runtime gives it. */
  private static void check(IntegerNetwork network, Float32Tensor x, boolean ties) {
    ModelProto model = OnnxExporter.model(network);
    long[] shape =
        IntStream.of(network.input().tensorShape(x.dimension(0))).asLongStream().toArray();
    List<String> names = new ArrayList<>(List.of("input/codes"));
    network.layers().stream()
        .filter(layer -> layer.outputCodes().isPresent())
        .map(IntegerLayer::name)
        .forEach(names::add);
    names.add("output");
    List<double[]> given;
    try (RuntimeModel runtime = RuntimeModel.giving(model, names)) {
      given = runtime.runAll(x.toArray(), shape);
    }
    Int8Tensor input = codes(given.get(0), network.quantize(x));
    for (int i = 0; i < network.layers().size(); i++) {
      IntegerLayer layer = network.graph().layer(i);
      if (layer.outputCodes().isPresent()) {
        compare(network, i, input, names, given, ties);
      }
    }
    compareEnd(network, input, names, given);
  }

  private static Tensor reference(
      IntegerNetwork network, int i, Int8Tensor input, List<String> names, List<double[]> given) {
    List<Int8Tensor> taken = new ArrayList<>();
    int[] inputs = network.graph().inputs(i);
    for (int k = 0; k < inputs.length; k++) {
      int[] shape = network.shapes().inputsOf(i).get(k).tensorShape(input.dimension(0));
      Int8Tensor like = Int8Tensor.allocate(shape);
      taken.add(
          inputs[k] < 0
              ? network.samples(input)
              : codes(given.get(names.indexOf(network.graph().layer(inputs[k]).name())), like));
    }
    return network.graph().layer(i).reference(taken);
  }

  private static void compare(
      IntegerNetwork network,
      int i,
      Int8Tensor input,
      List<String> names,
      List<double[]> given,
      boolean shifts) {
    IntegerLayer layer = network.graph().layer(i);
    Int8Tensor own = (Int8Tensor) reference(network, i, input, names, given);
    double[] theirs = given.get(names.indexOf(layer.name()));
    assertThat(theirs).as(layer.name()).hasSize(own.size());
    Agreement agreement = new Agreement();
    for (int k = 0; k < theirs.length; k++) {
      agreement.add(theirs[k], own.get(k));
    }
    boolean ties = shifts || layer instanceof IntegerAdd || layer instanceof IntegerAveragePool;
    assertThat(agreement.greatest()).as(layer.name()).isLessThanOrEqualTo(1);
    assertThat(agreement.equal()).as(layer.name()).isGreaterThanOrEqualTo(ties ? 0.95 : 0.999);
  }

  /** The outputs in fp32, of the last layer and what comes behind it. */
  private static void compareEnd(
      IntegerNetwork network, Int8Tensor input, List<String> names, List<double[]> given) {
    int last = network.layers().size() - 1;
    Tensor out =
        network.graph().layer(last).outputCodes().isPresent()
            ? codes(
                given.get(names.size() - 2),
                Int8Tensor.allocate(network.integers().tensorShape(input.dimension(0))))
            : reference(network, last, input, names, given);
    FloatModelsTest.assertClose(network.values(out), given.get(names.size() - 1));
  }

  private static Int8Tensor codes(double[] values, Int8Tensor like) {
    Int8Tensor codes = Int8Tensor.allocate(like.shape());
    for (int i = 0; i < values.length; i++) {
      codes.set(i, (byte) values[i]);
    }
    return codes;
  }

  /** The same values pass between the nodes, so the ends cannot differ. */
  @Test
  void fromCodesItGivesWhatTheFileGives() {
    RandomNetwork random = new RandomNetwork(Seed.random("OnnxExporterTest"));
    for (Network network : List.of(random.ofEveryLayer(), random.ofBranches())) {
      Float32Tensor x = random.tensor(SAMPLES, network.input().size());
      IntegerNetwork integers =
          RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
      int last = integers.layers().size() - 1;
      boolean codes = integers.outputType() == DataType.INT8;
      String end = integers.graph().layer(last).name() + (codes ? "" : "/sums");
      int[] sample = integers.input().tensorShape(SAMPLES);
      long[] shape = IntStream.of(sample).asLongStream().toArray();
      List<double[]> expected;
      try (RuntimeModel file =
          RuntimeModel.giving(OnnxExporter.model(integers), List.of("input/codes", end))) {
        expected = file.runAll(x.toArray(), shape);
      }
      byte[] given = new byte[x.size()];
      for (int i = 0; i < given.length; i++) {
        given[i] = (byte) (expected.get(0)[i] + 128);
      }
      double[] found;
      try (RuntimeModel own = new RuntimeModel(new OnnxExporter().ofCodes(integers))) {
        found = own.runUnsigned(given, shape);
      }
      for (int i = 0; codes && i < found.length; i++) {
        found[i] -= 128;
      }
      assertThat(found).isEqualTo(expected.get(1));
    }
  }

  @Test
  void filesAreTheSameEachTime() throws IOException {
    RandomNetwork random = new RandomNetwork(Seed.random("OnnxExporterTest"));
    Network network = random.ofBranches();
    Float32Tensor x = random.tensor(SAMPLES, network.input().size());
    IntegerNetwork integers =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    byte[][] files = new byte[2][];
    for (int i = 0; i < files.length; i++) {
      Path file = folder.resolve(i + ".onnx");
      ModelExporter.all().get(0).write(integers, file);
      files[i] = Files.readAllBytes(file);
    }
    assertThat(files[0]).isEqualTo(files[1]);
  }
}
