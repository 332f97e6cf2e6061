// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Wrong input to scripts/build-xclbin.sh: exit code 2, one line with value, known values and
 * remedy.
 */
class BuildXclbinRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--target hw | platform '' | kr260, kv260, pynq-z2",
        "--platform u51 --target hw | 'u51' | u50, u55c, zcu104",
        "--platform u50 | target '' | hw, hw_emu, sw_emu",
        "--platform u50 --target fpga | 'fpga' | hw, hw_emu, sw_emu",
        "--platform u50 --target hw --kernels matmul_i4 | 'matmul_i4' | matmul_f32f32,"
            + " matmul_f32i8",
        "--platform u50 --target hw --kernels network_i8 | 'network_i8' | emulate it with --flow"
            + " open",
        "--platform u50 --target hw --kernels matmul_i8i8,matmul_i8i8 | matmul_i8i8 | each once",
        "--platform u50 --target hw --flow make | 'make' | vitis, open",
        "--platform u50 --target hw --source vhdl | 'vhdl' | hls, rtl",
        "--platform u50 --target hw --flow open | target hw | --flow vitis",
        "--platform u50 --target hw | no v++ on the PATH | settings64.sh",
        "--platform u50 --target hw_emu --flow vitis | no v++ on the PATH | --flow open",
        "--platform u50 --target sw_emu --flow vitis --dry-run | sw_emu | --flow open",
        "--platform kv260 --target hw_emu --flow vitis --dry-run | Kria KV260 | --flow open",
        "--platform pynq-z2 --target hw_emu --flow vitis --dry-run | PYNQ-Z2 | --flow open",
        "--platform pynq-z2 --target hw --kernels all --dry-run | 484 of 220 DSP | choose fewer",
        "--platform u50 --target hw --vitis 2021.2 --dry-run | '2021.2' | 2022.1 to 2024.2",
        "--platform u50 --target sw_emu --source rtl | rtl | hw_emu",
        "--platform u50 --target hw --dry-run --folder a?b | a?b | no spaces",
        "--platform u50 --target hw --dry-run --out a | --out is gone | it is --folder now",
        "--bogus x | --bogus | --help",
        "u50 | 'u50' | --help",
        "--platform | --platform needs a value | --help",
      })
  void isNamed(String arguments, String value, String remedy) {
    BuildXclbin run = BuildXclbin.of(arguments.split(" "));
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).startsWith("build-xclbin.sh: ").contains(remedy);
    assertThat(run.err()).contains(value);
  }
}
