// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FileFormatException;

/** The messages of an ONNX file, within limits. */
record OnnxFile(Path path, ModelProto model, int opset) {
  /** The most bytes of a file. */
  static final long MAX_BYTES = 1L << 28;

  /** The most nodes of a graph. */
  static final int MAX_NODES = 1 << 16;

  static final int LEAST_OPSET = 6;
  static final int GREATEST_OPSET = 27;
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
          path.toString(), "protobuf", e.getMessage(), "an ONNX model", "export it again");
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw wrong(path, "graph", "no nodes", "an ONNX model with nodes");
    }
    if (model.getGraph().getNodeCount() > MAX_NODES) {
      String found = "%,d nodes".formatted(model.getGraph().getNodeCount());
      throw wrong(path, "graph", found, "at most %,d".formatted(MAX_NODES));
    }
    long ir = model.getIrVersion();
    if (ir < LEAST_IR || ir > GREATEST_IR) {
      String expected = "%d to %d".formatted(LEAST_IR, GREATEST_IR);
      throw wrong(path, "IR version", String.valueOf(ir), expected);
    }
    return new OnnxFile(path, model, opset(path, model));
  }

  private static int opset(Path path, ModelProto model) {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      boolean onnx = set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
      if (onnx && set.getVersion() >= LEAST_OPSET && set.getVersion() <= GREATEST_OPSET) {
        return (int) set.getVersion();
      } else if (onnx) {
        String expected = "%d to %d".formatted(LEAST_OPSET, GREATEST_OPSET);
        throw wrong(path, "opset", String.valueOf(set.getVersion()), expected);
      }
    }
    throw wrong(path, "opset", "none of ONNX", "%d to %d".formatted(LEAST_OPSET, GREATEST_OPSET));
  }

  private static byte[] bytes(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new FileFormatException(
            path.toString(), "no regular file", "name an .onnx file", null);
      }
      if (Files.size(path) > MAX_BYTES) {
        String found = "%,d bytes".formatted(Files.size(path));
        throw wrong(path, "size", found, "at most %,d".formatted(MAX_BYTES));
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new FileFormatException(
          path.toString(), "cannot be read (" + e.getMessage() + ")", "check name and rights", e);
    }
  }

  private static FileFormatException wrong(Path path, String place, String found, String expected) {
    return new FileFormatException(
        path.toString(), place, found, expected, "export the model again so");
  }
}
