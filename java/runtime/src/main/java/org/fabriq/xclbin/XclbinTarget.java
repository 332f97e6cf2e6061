// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;

/** What an xclbin runs on. */
public enum XclbinTarget {
  /** Software emulation: the kernels as host code in a shared object. */
  SW_EMU("sw_emu", 5, "csim"),
  /** Hardware emulation: a simulator that the xclbin carries. */
  HW_EMU("hw_emu", 4, "hw_em"),
  /** A device; such xclbins come from the vendor's linker. */
  HW("hw", 0, "bitstream");

  private static final int PARTIAL = 1;
  private static final int PARTIAL_HW_EMU = 6;

  private final String label;
  private final int mode;
  private final String coreTarget;

  XclbinTarget(String label, int mode, String coreTarget) {
    this.label = label;
    this.mode = mode;
    this.coreTarget = coreTarget;
  }

  /** The name as in commands and addresses, {@code sw_emu}. */
  public String label() {
    return label;
  }

  /**
   * The target of a name.
   *
   * @throws InvalidArgumentException if there is none
   */
  public static XclbinTarget ofLabel(String label) {
    return Arrays.stream(values())
        .filter(target -> target.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "no target '%s'; choose %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(XclbinTarget::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** What builds an xclbin for it; FILE and NAME are the user's. */
  String buildCommand() {
    return this == HW
        ? "scripts/build-xclbin.sh --platform NAME --target hw"
        : "fabriq xclbin build --target %s --out FILE".formatted(label);
  }

  /** The same for a target that is not known. */
  static String buildCommands() {
    return "%s (or sw_emu), for a board %s".formatted(HW_EMU.buildCommand(), HW.buildCommand());
  }

  /** XCLBIN_MODE of the header. */
  int mode() {
    return mode;
  }

  /** The core's target in the metadata. */
  String coreTarget() {
    return coreTarget;
  }

  /** The target of a header's mode, or null. */
  static XclbinTarget ofMode(int mode) {
    return switch (mode) {
      case 0, PARTIAL -> HW;
      case 4, PARTIAL_HW_EMU -> HW_EMU;
      case 5 -> SW_EMU;
      default -> null;
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
