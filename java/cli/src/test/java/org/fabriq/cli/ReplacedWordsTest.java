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
        "compare --place all | --place is gone: it is --offload now",
        "infer --place=1,2 | --place is gone: it is --offload now",
        "quantize --place 1 | --place is gone: it is --layers now",
        "quantize --out /tmp/a.npz --place 1 | --place is gone: it is --layers now",
        "sweep --place 1 --scheme per-channel:4 | --place is gone: it is --layers now",
        "compare --output int32 | --output is gone: it is --result-type now",
        "infer --output int32 | --output is gone: it is --result-type now",
        "quantize --out /tmp/a.npz --output int8 | --output is gone: it is --result-type now",
        "sweep --output int8 | --output is gone: it is --result-type now",
        "compare --outputs symmetric:8 | --outputs is gone: it is --output-scheme now",
        "sweep --activations symmetric:8 | --activations is gone: it is --input-scheme now",
        "infer --logits symmetric:8 | --logits is gone: it is --logit-scheme now",
        "compare --integer-scheme affine | --integer-scheme is gone: --scheme i8i8=SCHEME takes",
        "infer --integer-scheme affine | --integer-scheme is gone: --scheme i8i8=SCHEME takes",
        "latency --layers 128x64 | --layers is gone: it is --sizes now",
        "break-even --from a.json --launch 60 | --launch is gone: it is --launch-time now",
        "break-even --layer 2 | --layer is gone: it is --offload now",
        "break-even --from a.json --layer 2 | --layer is gone: it is --offload now",
        "break-even --from a.json --sizes 784,128,64,10 | '784' is not inputs x outputs, as 128x64",
        "resources --device xc7z020 | --device is gone: it is --part now",
        "report --fpga xc7z020 | --fpga is gone: it is --part now",
        "report --out a | --out is gone: it names a file everywhere, and this command writes"
            + " several",
      })
  void areRefusedAndNameTheNewOnes(String arguments, String expected) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "compare image",
    "infer --image a",
    "images",
    "xclbin image",
    "compare --layers 1",
    "latency --place 1",
    "rounding --device emulation",
    "compare --out a"
  })
  void areNamedWhereTheyWereKnownAlone(String arguments) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("is gone");
  }
}
