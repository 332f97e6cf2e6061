// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of former versions: exit code 2, one line, and the word that took their place. */
class ReplacedWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image | 'fabriq image' is gone: it is 'fabriq xclbin' now",
        "image build --target sw_emu --out a.xclbin | 'fabriq image' is gone",
        "image info --json a.xclbin | 'fabriq image' is gone",
        "doctor --image a.xclbin | --image is gone: it is --xclbin now",
      })
  void areRefusedAndNameTheNewOnes(String arguments, String expected) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"compare image", "infer --image a", "images", "xclbin image"})
  void areNamedWhereTheyWereKnownAlone(String arguments) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("is gone");
  }
}
