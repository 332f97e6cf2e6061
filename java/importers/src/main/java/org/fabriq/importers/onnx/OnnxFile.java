// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FileFormatException;
import org.fabriq.io.IoReason;

/** The messages of an ONNX file, within limits. */
record OnnxFile(Path path, ModelProto model, int opset) {
  /** The most bytes of a file. */
  static final long MAX_BYTES = 1L << 28;

  /** The most nodes of a graph. */
  static final int MAX_NODES = 1 << 16;

  static final int LEAST_OPSET = 6;
  static final int GREATEST_OPSET = 27;

  /** One that every exporter of these years writes. */
  private static final int USUAL_OPSET = 17;

  private static final int LEAST_IR = 3;
  private static final int GREATEST_IR = 13;

  /**
   * Reads and checks a file.
   *
   * @throws FileFormatException if it is missing, no ONNX model, of another version or over a limit
   */
  static OnnxFile read(Path path) {
    byte[] bytes = bytes(path);
    WireScan.check(path.toString(), bytes);
    ModelProto model;
    try {
      model = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new FileFormatException(
          path.toString(),
          "an ONNX model that is damaged or cut short",
          "export or download it again",
          e);
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      String found = bytes.length == 0 ? "an empty file" : "no nodes";
      throw wrong(path, "graph", found, "an ONNX model with nodes", "export the model again");
    }
    if (model.getGraph().getNodeCount() > MAX_NODES) {
      String found = "%,d nodes".formatted(model.getGraph().getNodeCount());
      throw wrong(path, "graph", found, "at most %,d".formatted(MAX_NODES), "make it smaller");
    }
    long ir = model.getIrVersion();
    if (ir < LEAST_IR || ir > GREATEST_IR) {
      String expected = "%d to %d".formatted(LEAST_IR, GREATEST_IR);
      throw wrong(
          path,
          "IR version",
          String.valueOf(ir),
          expected,
          "save the model with ir_version %d, or export it again so".formatted(GREATEST_IR));
    }
    return new OnnxFile(path, model, opset(path, model));
  }

  private static int opset(Path path, ModelProto model) {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      boolean onnx = set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
      if (onnx && set.getVersion() >= LEAST_OPSET && set.getVersion() <= GREATEST_OPSET) {
        return (int) set.getVersion();
      } else if (onnx) {
        throw wrongOpset(path, String.valueOf(set.getVersion()));
      }
    }
    throw wrongOpset(path, "none of ONNX");
  }

  private static FileFormatException wrongOpset(Path path, String found) {
    return wrong(
        path,
        "opset",
        found,
        "%d to %d".formatted(LEAST_OPSET, GREATEST_OPSET),
        "export the model with opset %d, or convert it by onnx.version_converter"
            .formatted(USUAL_OPSET));
  }

  private static byte[] bytes(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new FileFormatException(
            path.toString(), "no regular file", "name an .onnx file", null);
      }
      if (Files.size(path) > MAX_BYTES) {
        String found = "%,d bytes".formatted(Files.size(path));
        throw wrong(
            path, "size", found, "at most %,d".formatted(MAX_BYTES), "export a smaller model");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new FileFormatException(
          path.toString(), "cannot be read: " + IoReason.of(e), "check name and rights", e);
    }
  }

  private static FileFormatException wrong(
      Path path, String place, String found, String expected, String remedy) {
    return new FileFormatException(path.toString(), place, found, expected, remedy);
  }
}
