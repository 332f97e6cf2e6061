// SPDX-License-Identifier: Apache-2.0
package org.fabriq.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.io.ModelFile;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseEncodings;
import org.fabriq.model.DenseNpz;
import org.fabriq.model.Model;
import org.fabriq.model.NamedWeights;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.tensor.Tensor;

/**
 * Opens a model, whatever form its file has: a pair of NAME.json and NAME.npz that says its kind; a
 * pair with AIMET's encodings; an npz of dense layers alone.
 */
public final class ModelFiles {
  private static final String FORMS =
      "give NAME.npz with NAME.json beside it as 'fabriq quantize' and 'fabriq import' write them,"
          + " an .npz with fc1w, fc1b, fc2w, ..., or an .npz with LAYER.weight and LAYER.bias as"
          + " PyTorch names them; ONNX and TensorFlow Lite become such a pair by 'fabriq import'";

  private static final Map<String, Function<ModelFile, Model>> KINDS = kinds();

  private ModelFiles() {}

  private static Map<String, Function<ModelFile, Model>> kinds() {
    Map<String, Function<ModelFile, Model>> kinds = new LinkedHashMap<>();
    kinds.put(Network.KIND, Network::of);
    kinds.put(QuantizedNetwork.KIND, QuantizedNetwork::of);
    kinds.put(IntegerNetwork.KIND, IntegerNetwork::of);
    return kinds;
  }

  /**
   * Opens a model.
   *
   * @param file NAME.npz or NAME.json
   * @param asked what all layers but the last apply, for a form that does not say it; null to take
   *     what the file says
   * @throws FileFormatException if the file is missing, or of no form that is known
   * @throws InvalidArgumentException if the file says another activation function than asked for,
   *     or needs one to be asked for
   */
  public static Model open(Path file, Activation asked) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".onnx") || name.endsWith(".tflite")) {
      throw new FileFormatException(
          file.toString(),
          "a model of another program",
          "run 'fabriq import %s --out net.npz' and give net.npz".formatted(file),
          null);
    }
    if (!name.endsWith(".npz") && !name.endsWith(".json") || !ModelFile.exists(file)) {
      return dense(NpzFile.read(file), file, asked);
    }
    ModelFile pair = ModelFile.read(file);
    if (pair.hasKind()) {
      return ofKind(pair, file, asked);
    }
    Map<String, Tensor> arrays = pair.tensors();
    return DenseEncodings.isForm(arrays)
        ? named(file, () -> DenseEncodings.network(arrays, pair.encodings(), pair.name(), asked))
        : dense(arrays, file, asked);
  }

  private static Model ofKind(ModelFile pair, Path file, Activation asked) {
    Function<ModelFile, Model> reader = KINDS.get(pair.kind());
    if (reader == null) {
      throw new FileFormatException(
          file.toString(),
          "kind \"%s\"".formatted(pair.kind()),
          "FabriQ reads the kinds %s".formatted(KINDS.keySet()),
          null);
    }
    Model model = named(file, () -> reader.apply(pair));
    if (asked != null && model instanceof IntegerNetwork) {
      throw new InvalidArgumentException(
          "--activation %s: %s holds its activation functions in its codes; leave --activation out"
              .formatted(asked.word(), file));
    }
    Activation.requireSame(file.toString(), activations(model), asked);
    return model;
  }

  private static String activations(Model model) {
    if (model instanceof QuantizedNetwork quantized) {
      return quantized.network().activations();
    }
    return model instanceof Network network ? network.activations() : null;
  }

  private static Model dense(Map<String, Tensor> arrays, Path file, Activation asked) {
    if (arrays.isEmpty()) {
      throw new FileFormatException(file.toString(), "no arrays", FORMS, null);
    }
    if (arrays.keySet().stream().anyMatch(ModelFiles::isOfPair)) {
      throw new FileFormatException(
          file.toString(),
          "arrays of a model whose .json is missing",
          "copy %s beside it too"
              .formatted(file.getFileName().toString().replaceFirst("\\.npz$", ".json")),
          null);
    }
    return named(
        file,
        () ->
            NamedWeights.isForm(arrays)
                ? NamedWeights.network(arrays, file.toString(), asked)
                : DenseNpz.network(arrays, file.toString(), asked));
  }

  /** What a reader gives; if its parts do not go together, the error names the file. */
  private static Model named(Path file, Supplier<Model> reader) {
    try {
      return reader.get();
    } catch (InvalidArgumentException e) {
      boolean named = e.getMessage().contains(file.toString());
      throw named ? e : new InvalidArgumentException("%s: %s".formatted(file, e.getMessage()));
    }
  }

  /** Whether only a file that has a .json beside it has an array of this name. */
  private static boolean isOfPair(String array) {
    return array.matches(".*\\.(weight_codes|codes|multiplier|table|gamma)");
  }
}
