// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.model.WindowJson;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PackedCodes;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;

/** Reads what {@link IntegerNetworkWriter} describes. */
final class IntegerNetworkReader {
  private final ModelFile file;
  private Encoding codes;

  private IntegerNetworkReader(ModelFile file) {
    this.file = file;
  }

  static IntegerNetwork network(ModelFile file) {
    return new IntegerNetworkReader(file).network();
  }

  private IntegerNetwork network() {
    JsonObject json = file.json(IntegerNetworkWriter.KIND, IntegerNetworkWriter.SCHEMA);
    json.checkNames("kind", "schema", "input", "layers");
    JsonObject input = json.object("input");
    input.checkNames("shape", "codes");
    Encoding inputCodes = EncodingJson.encoding(input, "codes");
    List<IntegerLayer> layers = new ArrayList<>();
    codes = inputCodes;
    for (JsonObject layer : json.objects("layers")) {
      if (codes == null) {
        throw layer.wrong("name", "no layer after one that gives int32");
      }
      layers.add(checkedLayer(layer));
      codes = layers.get(layers.size() - 1).outputCodes().orElse(null);
    }
    file.checkAllTaken();
    try {
      List<Integer> shape = IntStream.of(input.integers("shape", 0)).boxed().toList();
      return new IntegerNetwork(new SampleShape(shape), inputCodes, layers);
    } catch (InvalidArgumentException e) {
      throw json.wrong(
          "layers", "an integer network whose layers chain (%s)".formatted(e.getMessage()));
    }
  }

  private IntegerLayer checkedLayer(JsonObject json) {
    try {
      return layer(json, json.text("name"));
    } catch (InvalidArgumentException e) {
      throw json.wrong("name", "a layer within its limits (%s)".formatted(e.getMessage()));
    }
  }

  private IntegerLayer layer(JsonObject json, String name) {
    switch (json.text("type")) {
      case "dense":
        json.checkNames("name", "type", "shape", "weight", "output", "clamp");
        return new IntegerDense(name, weights(json, name));
      case "conv2d":
        json.checkNames(
            "name",
            "type",
            "stride",
            "padding",
            "dilation",
            "groups",
            "shape",
            "weight",
            "output",
            "clamp");
        int[] shape = json.integers("shape", 4);
        Window window = WindowJson.window(json, shape[2], shape[3]);
        return new IntegerConv2d(name, weights(json, name), window, json.integer("groups"));
      case "table":
        json.checkNames("name", "type", "output");
        byte[] table = file.take(name + ".table", Int8Tensor.class).toArray();
        return new CodeTable(name, table, codes, EncodingJson.encoding(json, "output"));
      case "max-pool":
        json.checkNames("name", "type", "kernel", "stride", "padding", "dilation");
        return new IntegerMaxPool(name, WindowJson.window(json), codes);
      case "average-pool":
        json.checkNames("name", "type", "kernel", "stride", "padding", "dilation", "count-padding");
        return new IntegerAveragePool(
            name, WindowJson.window(json), json.flag("count-padding"), codes);
      case "flatten":
        json.checkNames("name", "type");
        return new IntegerFlatten(name, codes);
      default:
        throw json.wrong("type", "a type of layer");
    }
  }

  private IntegerWeights weights(JsonObject json, String name) {
    json.object("weight").checkNames("bits", "signed", "narrow");
    float[] scales = file.take(name + ".scale", Float32Tensor.class).toArray();
    int[] zeros = file.take(name + ".zero", Int32Tensor.class).toArray();
    Encoding encoding = EncodingJson.encoding(json, "weight", scales, zeros);
    Int8Tensor packed = file.take(name + ".codes", Int8Tensor.class);
    Int8Tensor weightCodes =
        PackedCodes.of(packed, encoding.bits(), encoding.signed(), json.integers("shape", 0))
            .unpack();
    QuantizedTensor weight = new QuantizedTensor(weightCodes, encoding);
    int[] bias = file.take(name + ".bias", Int32Tensor.class).toArray();
    if (!json.has("output")) {
      return IntegerWeights.raw(weight, bias, codes);
    }
    Encoding output = EncodingJson.encoding(json, "output");
    int[] clamp = json.integers("clamp", 2);
    List<Requantization> multipliers = new ArrayList<>();
    for (float multiplier : file.take(name + ".multiplier", Float32Tensor.class).toArray()) {
      multipliers.add(Requantization.of(multiplier));
    }
    Int8Output int8 = new Int8Output(multipliers, output.zeroPoint(0), clamp[0], clamp[1]);
    return IntegerWeights.requantized(weight, bias, codes, int8, output);
  }
}
