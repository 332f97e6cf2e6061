// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.fabriq.model.ShippedModel;
import org.fabriq.plan.Arithmetic;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.quant.SymmetricQuantizer;

/**
 * A way to quantize a shipped model, and what it may cost: a row of the resource {@code
 * limits.json}.
 *
 * @param name for people
 * @param model what is quantized
 * @param form the arithmetic
 * @param scheme of the weights, or null for the codes a model is shipped with
 * @param place layers, or null for all
 * @param activations scheme of the layers' inputs, or null for symmetric:8
 * @param output of i8i8: int8 or int32, or null for int8
 * @param passes after rounding to nearest, or null for none
 * @param loss fp32 minus quantized accuracy at most, in points, or null for any
 * @param agreement with fp32 at least, in percent, or null for any
 */
record LimitRow(
    String name,
    ShippedModel model,
    Arithmetic form,
    String scheme,
    String place,
    String activations,
    QuantizationOptions.IntegerOutput output,
    List<Pass> passes,
    Double loss,
    Double agreement) {

  LimitRow {
    place = place == null ? "all" : place;
    activations = activations == null ? "symmetric:8" : activations;
    passes = passes == null ? List.of() : List.copyOf(passes);
  }

  /** What encodes the layers' inputs. */
  Quantizer inputs() {
    return QuantizerSpec.parse(activations);
  }

  /** What encodes all activations; outputs are symmetric, 8 bits. */
  ActivationQuantizers activationQuantizers() {
    Quantizer outputs = new SymmetricQuantizer(Byte.SIZE);
    return new ActivationQuantizers(inputs(), outputs, outputs);
  }

  /** All rows. */
  static List<LimitRow> all() {
    JsonMapper mapper =
        JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
    try (InputStream in = LimitRow.class.getResourceAsStream("limits.json")) {
      JsonNode rows = mapper.readTree(in).get("rows");
      return List.of(mapper.treeToValue(rows, LimitRow[].class));
    } catch (IOException e) {
      throw new UncheckedIOException("limits.json", e);
    }
  }
}
