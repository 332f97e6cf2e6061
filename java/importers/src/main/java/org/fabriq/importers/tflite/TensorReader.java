// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.fabriq.tensor.Tensor.MAX_RANK;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/** Reads the tensors of a TensorFlow Lite file. */
final class TensorReader {
  private static final int MAX_CHANNELS = 1 << 16;

  private final FlatAccess access;
  private final Model model;
  private final int buffers;

  TensorReader(FlatAccess access, Model model) {
    this.access = access;
    this.model = model;
    this.buffers = access.length("buffers", model.buffersLength(), TfliteReader.MAX_TENSORS);
  }

  /** Reads a tensor of a graph. */
  TfliteTensor tensor(SubGraph graph, int i) {
    access.at("tensor", i);
    Tensor tensor = graph.tensors(i);
    String name = tensor.name();
    QuantizationParameters codes = tensor.quantization();
    float[] scales = codes == null ? new float[0] : scales(codes);
    return new TfliteTensor(
        i,
        name == null ? "" : name,
        tensor.type(),
        shape(tensor),
        scales,
        codes == null ? new long[0] : zeroPoints(codes, scales.length),
        codes == null ? 0 : codes.quantizedDimension(),
        data(tensor.buffer()),
        unusual(tensor, codes));
  }

  private static String unusual(Tensor tensor, QuantizationParameters codes) {
    if (tensor.sparsity() != null) {
      return "sparse";
    }
    boolean custom = codes != null && codes.detailsType() != 0;
    return tensor.isVariable() ? "variable" : custom ? "of custom quantization" : "";
  }

  private int[] shape(Tensor tensor) {
    int[] shape = new int[access.length("shape", tensor.shapeLength(), MAX_RANK)];
    long size = 1;
    for (int k = 0; k < shape.length; k++) {
      shape[k] = tensor.shape(k);
      size = shape[k] < 1 ? 0 : Math.min(size, Integer.MAX_VALUE) * shape[k];
      if (shape[k] < 1 || size > Integer.MAX_VALUE) {
        throw access.wrong(
            "shape",
            "dimension %,d".formatted(shape[k]),
            "1 or more, and below 2^31 values in all");
      }
    }
    return shape;
  }

  private float[] scales(QuantizationParameters codes) {
    float[] scales = new float[access.length("scale", codes.scaleLength(), MAX_CHANNELS)];
    for (int k = 0; k < scales.length; k++) {
      scales[k] = codes.scale(k);
      if (!(scales[k] > 0) || Float.isInfinite(scales[k])) {
        throw access.wrong("scale", "" + scales[k], "finite and above 0");
      }
    }
    return scales;
  }

  private long[] zeroPoints(QuantizationParameters codes, int count) {
    int length = access.length("zero point", codes.zeroPointLength(), MAX_CHANNELS);
    if (length != 0 && length != count) {
      throw access.wrong("zero point", length + " of them", "as many as scales, " + count);
    }
    long[] zeroPoints = new long[count];
    for (int k = 0; k < length; k++) {
      zeroPoints[k] = codes.zeroPoint(k);
    }
    return zeroPoints;
  }

  /** The bytes of a buffer; none if it is empty, as that of a tensor that operators make. */
  private ByteBuffer data(long index) {
    Buffer buffer = model.buffers(access.index("buffer", index, buffers));
    ByteBuffer data = buffer.dataAsByteBuffer();
    return data == null || !data.hasRemaining()
        ? null
        : data.slice().order(ByteOrder.LITTLE_ENDIAN).asReadOnlyBuffer();
  }
}
