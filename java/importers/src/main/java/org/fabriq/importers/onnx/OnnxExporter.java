// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FabriqException;
import org.fabriq.importing.ModelExporter;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.io.IoReason;

/** Writes integer networks as ONNX with QuantizeLinear and DequantizeLinear, opset 13. */
public final class OnnxExporter implements ModelExporter {
  private static final int IR = 7;
  private static final int OPSET = 13;

  @Override
  public String form() {
    return "ONNX";
  }

  @Override
  public String suffix() {
    return ".onnx";
  }

  @Override
  public void write(IntegerNetwork network, Path file) {
    try {
      Files.write(file, model(network).toByteArray());
    } catch (IOException e) {
      throw new FabriqException(
          "cannot write %s (%s); name a file in a folder that exists and is writable"
              .formatted(file, IoReason.of(e)));
    }
  }

  @Override
  public byte[] ofCodes(IntegerNetwork network) {
    return model(NetworkNodes.ofCodes(network)).toByteArray();
  }

  /** The messages of a file. */
  static ModelProto model(IntegerNetwork network) {
    return model(NetworkNodes.ofValues(network));
  }

  private static ModelProto model(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR)
        .setProducerName("FabriQ")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build();
  }
}
