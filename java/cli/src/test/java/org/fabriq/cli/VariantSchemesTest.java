// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fabriq.plan.Arithmetic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantSchemesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | fixed:8 | per-channel",
        "affine | affine | affine",
        "i8i8=affine | fixed:8 | affine",
        "f32i8=codebook:4 | codebook:4 | per-channel",
        "I8I8=affine | fixed:8 | affine",
        "i8i8=symmetric:4,percentile=99.9 | fixed:8 | symmetric:4,percentile=99.9",
        "symmetric:4,percentile=99.9 | symmetric:4,percentile=99.9 | symmetric:4,percentile=99.9",
        "fixed:4;i8i8=affine | fixed:4 | affine",
        "i8i8=affine;fixed:4 | fixed:4 | affine",
        "i8i8=affine;f32i8=symmetric | symmetric | affine",
      })
  void whatIsSaidOfAVariantHoldsThere(String texts, String f32i8, String i8i8) {
    ArithmeticSchemes schemes =
        ArithmeticSchemes.parse(texts.isEmpty() ? List.of() : List.of(texts.split(";")));
    assertThat(schemes.of(Arithmetic.F32I8)).isEqualTo(f32i8);
    assertThat(schemes.of(Arithmetic.I8I8)).isEqualTo(i8i8);
  }
}
