// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.List;
import org.fabriq.model.LayerSource;
import org.fabriq.quant.Encoding;

/**
 * The file form of an integer layer, for reading: it says nothing of its inputs' codes, since the
 * layers before it do.
 *
 * @param layer members and arrays
 * @param codes what the codes of its inputs stand for
 */
record IntegerLayerSource(LayerSource layer, List<Encoding> codes) {
  /** What the codes of an input stand for. */
  Encoding codes(int input) {
    if (input >= codes.size()) {
      throw layer.wrong("inputs", "%d tensors".formatted(input + 1));
    }
    return codes.get(input);
  }

  /** The member {@code output}. */
  Encoding output() {
    return EncodingJson.encoding(layer.json(), "output");
  }
}
