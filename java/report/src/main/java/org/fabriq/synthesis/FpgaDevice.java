// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;

/**
 * The devices FabriQ has platforms for, with what the whole chip holds (a platform's shell takes
 * part of it). Sources: Zynq-7000 (DS190), Zynq UltraScale+ (DS891), Kria K26 (DS987), Alveo U50
 * (DS965), U200 and U250 (DS962), U280 (DS963), U55C (DS978).
 */
public enum FpgaDevice {
  /** Zynq-7020, the lab's device. */
  XC7Z020("xc7z020", ResourceCounts.of(53_200, 106_400, 220, 280, 0), "7z020"),
  /** Zynq UltraScale+ of the ZCU104. */
  ZU7EV("zu7ev", ResourceCounts.of(230_400, 460_800, 1_728, 624, 96), "xczu7ev", "zu7ev"),
  /** Kria K26, of the KV260. */
  XCK26("xck26", ResourceCounts.of(117_120, 234_240, 1_248, 288, 64), "k26"),
  /** Alveo U50. */
  U50("u50", ResourceCounts.of(871_680, 1_743_360, 5_952, 2_688, 640), "xcu50", "u50"),
  /** Alveo U200. */
  U200("u200", ResourceCounts.of(1_182_240, 2_364_480, 6_840, 4_320, 960), "xcu200", "u200"),
  /** Alveo U250. */
  U250("u250", ResourceCounts.of(1_728_000, 3_456_000, 12_288, 5_376, 1_280), "xcu250", "u250"),
  /** Alveo U280. */
  U280("u280", ResourceCounts.of(1_303_680, 2_607_360, 9_024, 4_032, 960), "xcu280", "u280"),
  /** Alveo U55C. */
  U55C("u55c", ResourceCounts.of(1_303_680, 2_607_360, 9_024, 4_032, 960), "xcu55c", "u55c");

  private final String label;
  private final ResourceCounts totals;
  private final List<String> prefixes;

  FpgaDevice(String label, ResourceCounts totals, String... prefixes) {
    this.label = label;
    this.totals = totals;
    this.prefixes = List.of(prefixes);
  }

  /** The name in commands and files, as {@code xc7z020}. */
  public String label() {
    return label;
  }

  /** What the chip holds. */
  public ResourceCounts totals() {
    return totals;
  }

  /** The device of a part number in any tool's spelling, as {@code xc7z020clg484-1}. */
  public static Optional<FpgaDevice> ofPart(String part) {
    String text = part.toLowerCase(Locale.ROOT).replaceFirst("^xc(?=7z|k26)", "");
    return Arrays.stream(values())
        .filter(device -> device.prefixes.stream().anyMatch(text::startsWith))
        .max(Comparator.comparingInt(device -> device.prefixes.get(0).length()));
  }

  /**
   * The device of a {@link #label()} or part number.
   *
   * @throws InvalidArgumentException if it is not one of these
   */
  public static FpgaDevice of(String name) {
    return ofPart(name)
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "device '%s' is not known; known are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(FpgaDevice::label)
                                .collect(Collectors.joining(", ")))));
  }
}
