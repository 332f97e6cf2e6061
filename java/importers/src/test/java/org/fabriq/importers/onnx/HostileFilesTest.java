// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.fabriq.importers.onnx.SmallModel.integer;
import static org.fabriq.importers.onnx.SmallModel.ints;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fabriq.FabriqException;
import org.fabriq.FileFormatException;
import org.fabriq.importing.RefusedModelException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files end with an error of FabriQ, soon, and in little memory. */
class HostileFilesTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int MUTATIONS = 3000;

  @TempDir private Path folder;

  private static ModelProto model() {
    return new SmallModel(13)
        .input("x", 1, 2, 6, 6)
        .scalar("s", 0.02f)
        .scalar("z", TensorProto.DataType.INT8, 3)
        .codes("k", TensorProto.DataType.INT8, -100, 100, 3, 2, 3, 3)
        .integers("t", 1, -1)
        .random("v", 48, 4)
        .node("QuantizeLinear", "x s z", "q")
        .node("DequantizeLinear", "q s z", "d")
        .node("DequantizeLinear", "k s z", "w")
        .node("Conv", "d w", "c", ints("pads", 1, 1, 1, 1))
        .node("Relu", "c", "r")
        .node("QuantizeLinear", "r s z", "p")
        .node("DequantizeLinear", "p s z", "e")
        .node("MaxPool", "e", "m", ints("kernel_shape", 3, 3))
        .node("Reshape", "m t", "f")
        .node("DequantizeLinear", "k s z", "unused", integer("axis", 0))
        .node("Softmax", "f", "y")
        .giving("y");
  }

  private Throwable read(byte[] bytes) {
    Path file = folder.resolve("model.onnx");
    return Assertions.assertTimeoutPreemptively(
        SOON,
        () -> {
          Files.write(file, bytes);
          return catchThrowable(() -> new OnnxImporter().read(file));
        });
  }

  @Test
  void modelItselfIsTaken() {
    assertThat(read(model().toByteArray())).isNull();
  }

  @Test
  void truncatedFilesAreErrors() {
    byte[] bytes = model().toByteArray();
    int others = model().getOpsetImport(1).getSerializedSize();
    others += model().getOpsetImport(2).getSerializedSize() + 4;
    assertThat(read(Arrays.copyOf(bytes, bytes.length - others))).isNull();
    for (int length = 0; length < bytes.length - others; length++) {
      Throwable thrown = read(Arrays.copyOf(bytes, length));
      assertThat(thrown).as("%d bytes", length).isInstanceOf(FabriqException.class);
    }
  }

  /** In plain words: what the file is, which versions are taken, what to do. */
  @Test
  void errorsSayWhatTheFileIsAndTheLimits() {
    byte[] bytes = model().toByteArray();
    assertThat(read(Arrays.copyOf(bytes, bytes.length / 2)))
        .hasMessageContaining("model.onnx: an ONNX model that is damaged or cut short, at byte ")
        .hasMessageEndingWith("; export or download it again");
    assertThat(read("<!DOCTYPE html>".getBytes(UTF_8)))
        .hasMessageContaining("no ONNX model, but an HTML page, as a failed download leaves");
    assertThat(read(new byte[0])).hasMessageContaining("an empty file found");
    assertThat(read(model().toBuilder().setIrVersion(99).build().toByteArray()))
        .hasMessageContaining(
            "IR version: 99 found, 3 to 13 expected; save the model with ir_version 13");
    ModelProto.Builder later = model().toBuilder();
    later.setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(99));
    assertThat(read(later.build().toByteArray()))
        .hasMessageContaining("opset: 99 found, 6 to 27 expected; export the model with opset 17");
  }

  @Test
  void flippedBitsAreErrorsOrOtherModels() {
    byte[] bytes = model().toByteArray();
    SplittableRandom random = Seed.random("flipped bits");
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] copy = bytes.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        int bit = random.nextInt(8 * bytes.length);
        copy[bit / 8] ^= (byte) (1 << bit % 8);
      }
      Throwable thrown = read(copy);
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(FabriqException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n");
      }
    }
  }

  @Test
  void mutatedMessagesAreErrorsOrOtherModels() {
    SplittableRandom random = Seed.random("mutated messages");
    for (int i = 0; i < MUTATIONS; i++) {
      Throwable thrown = read(ModelMutation.of(model(), random).toByteArray());
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(FabriqException.class);
      }
    }
  }

  @Test
  void cyclesAreRefused() {
    ModelProto cycle =
        new SmallModel(13)
            .input("x", 1, 4)
            .node("Add", "x b", "a")
            .node("Relu", "a", "b")
            .giving("b");
    assertThat(read(cycle.toByteArray()))
        .isInstanceOf(RefusedModelException.class)
        .hasMessageContaining("no node before it gives b");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 31, Long.MAX_VALUE, -1, 1L << 30})
  void hugeDimensionsAreErrors(long size) {
    ModelProto input =
        new SmallModel(13).input("x", 1, size, size).node("Relu", "x", "y").giving("y");
    assertThat(read(input.toByteArray())).isInstanceOf(FabriqException.class);
    TensorProto tensor =
        SmallModel.tensor("w", TensorProto.DataType.FLOAT, size, size).addFloatData(1).build();
    ModelProto weight =
        new SmallModel(13).input("x", 1, 4).add(tensor).node("MatMul", "x w", "y").giving("y");
    assertThat(read(weight.toByteArray())).isInstanceOf(FabriqException.class);
    ModelProto shape =
        new SmallModel(13)
            .input("x", 1, 4)
            .integers("s", size, size)
            .node("ConstantOfShape", "s", "c")
            .node("Add", "x c", "y")
            .giving("y");
    assertThat(read(shape.toByteArray())).isInstanceOf(FabriqException.class);
  }

  @Test
  void hugeWindowsAreErrors() {
    ModelProto pool =
        new SmallModel(13)
            .input("x", 1, 1, 8000, 8000)
            .node("AveragePool", "x", "y", ints("kernel_shape", 4000, 4000))
            .giving("y");
    assertThat(read(pool.toByteArray())).isInstanceOf(FabriqException.class);
    ModelProto padded =
        new SmallModel(13)
            .input("x", 1, 1, 8, 8)
            .node(
                "MaxPool",
                "x",
                "y",
                ints("kernel_shape", 30000, 30000),
                ints("pads", 30000, 30000, 30000, 30000))
            .giving("y");
    assertThat(read(padded.toByteArray())).isInstanceOf(FabriqException.class);
  }

  @Test
  void manyNodesAreAnError() {
    GraphProto.Builder graph = GraphProto.newBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      graph.addNode(NodeProto.newBuilder().setOpType("Relu"));
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .build();
    assertThat(read(model.toByteArray()))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("1,048,576 fields");
  }

  @Test
  void deepAttributesAreAnError() {
    GraphProto graph = GraphProto.newBuilder().addNode(NodeProto.newBuilder()).build();
    for (int depth = 0; depth < 40; depth++) {
      AttributeProto attribute = AttributeProto.newBuilder().setName("g").setG(graph).build();
      NodeProto node = NodeProto.newBuilder().setOpType("If").addAttribute(attribute).build();
      graph = GraphProto.newBuilder().addNode(node).build();
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .build();
    assertThat(read(model.toByteArray()))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("within each other");
  }

  private static ModelProto external(String location, String... members) {
    TensorProto.Builder tensor =
        SmallModel.tensor("w", TensorProto.DataType.FLOAT, 4, 1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location));
    for (int i = 0; i < members.length; i += 2) {
      tensor.addExternalData(entry(members[i], members[i + 1]));
    }
    return new SmallModel(13)
        .input("x", 1, 4)
        .add(tensor.build())
        .node("MatMul", "x w", "y")
        .giving("y");
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void externalDataLiesInTheFolderOfTheModel() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    Files.write(folder.resolve("secret"), new byte[16]);
    Files.write(models.resolve("data"), new byte[24]);
    Files.createDirectory(models.resolve("directory"));
    Files.createSymbolicLink(models.resolve("link"), folder.resolve("secret"));
    Path file = models.resolve("model.onnx");
    Files.write(file, external("data", "offset", "8", "length", "16").toByteArray());
    assertThat(new OnnxImporter().read(file).network()).isPresent();
    for (String location :
        new String[] {
          "../secret", folder.resolve("secret").toString(), "link", "directory", "none", "", "a\0b"
        }) {
      Files.write(file, external(location).toByteArray());
      assertThatThrownBy(() -> new OnnxImporter().read(file))
          .as(location)
          .isInstanceOf(FileFormatException.class);
    }
    for (String offset : new String[] {"-1", "17", "9223372036854775807", "four"}) {
      Files.write(file, external("data", "offset", offset, "length", "16").toByteArray());
      assertThatThrownBy(() -> new OnnxImporter().read(file))
          .as(offset)
          .isInstanceOf(FileFormatException.class);
    }
  }
}
