// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fabriq.image.ImageBuilder;
import org.fabriq.image.ImageTarget;

/** What computes in an image for emulation. */
public enum EmulationModel {
  /** The HLS kernels as host code: sw_emu. */
  HOST(ImageTarget.SW_EMU, "libfabriq_kernels.so", ImageBuilder.DEFAULT_CLOCK_MHZ),

  /**
   * hw_emu with the kernels in SystemVerilog, in their configuration for a Zynq-7020, simulated
   * clock by clock by Verilator. In a build that had Verilator.
   */
  RTL(ImageTarget.HW_EMU, "fabriq_simulator", 100),

  /** hw_emu with the HLS kernels as host code, and cycles from a formula. */
  CPP(ImageTarget.HW_EMU, "fabriq_emulator", ImageBuilder.DEFAULT_CLOCK_MHZ);

  private final ImageTarget target;
  private final String payload;
  private final int clockMhz;

  EmulationModel(ImageTarget target, String payload, int clockMhz) {
    this.target = target;
    this.payload = payload;
    this.clockMhz = clockMhz;
  }

  /** The fastest model of an emulated target: HOST, or CPP. */
  public static EmulationModel preferred(ImageTarget target) {
    return target == ImageTarget.SW_EMU ? HOST : CPP;
  }

  /**
   * The model of a target by its label.
   *
   * @throws UnknownDeviceException if the target has none of that name
   */
  public static EmulationModel named(ImageTarget target, String name) {
    return Arrays.stream(values())
        .filter(model -> model.target == target && model.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownDeviceException(
                    "model '%s' is none of %s; there is %s"
                        .formatted(
                            name,
                            target,
                            Arrays.stream(values())
                                .filter(model -> model.target == target)
                                .map(EmulationModel::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** As users write it: {@code rtl}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The payload for {@link ImageBuilder}.
   *
   * @throws DeviceUnavailableException if this build does not have it
   */
  public Path payload() {
    return NativeFiles.get(payload);
  }

  /** The clock that turns cycles into time when nobody names another, in MHz. */
  public int clockMhz() {
    return clockMhz;
  }
}
