// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.nio.file.Path;
import org.fabriq.importers.lowering.Lowering;
import org.fabriq.importing.ImportedModel;
import org.fabriq.importing.ModelImporter;

/** Reads ONNX models: opset 6 to 27, IR 3 to 13, in fp32 or quantized. */
public final class OnnxImporter implements ModelImporter {
  @Override
  public String form() {
    return "ONNX";
  }

  @Override
  public String suffix() {
    return ".onnx";
  }

  @Override
  public ImportedModel read(Path file) {
    return Lowering.network(OnnxGraph.read(OnnxFile.read(file)));
  }
}
