// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.nio.file.Path;
import java.util.List;
import org.fabriq.importers.lowering.Lowering;
import org.fabriq.importing.ImportedModel;
import org.fabriq.importing.ModelImporter;
import org.fabriq.importing.SourceOperation;

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

  @Override
  public List<SourceOperation> operations(Path file) {
    return NodeRoles.of(OnnxFile.read(file).model().getGraph());
  }
}
