// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fabriq.xclbin.XclbinBuilder;
import org.fabriq.xclbin.XclbinContent;
import org.fabriq.xclbin.XclbinTarget;

/** What computes in an xclbin for emulation. */
public enum EmulationModel {
  /** The HLS kernels as host code: sw_emu. */
  HOST(
      XclbinTarget.SW_EMU,
      "libfabriq_kernels.so",
      XclbinBuilder.DEFAULT_CLOCK_MHZ,
      "HLS kernels as host code"),

  /**
   * hw_emu with the kernels in SystemVerilog, in their configuration for a Zynq-7020, simulated
   * clock by clock by Verilator. In a build that had Verilator.
   */
  RTL(
      XclbinTarget.HW_EMU,
      "fabriq_simulator",
      100,
      "SystemVerilog kernels, simulated by Verilator"),

  /** hw_emu with the HLS kernels as host code, and cycles from a formula. */
  CPP(
      XclbinTarget.HW_EMU,
      "fabriq_emulator",
      XclbinBuilder.DEFAULT_CLOCK_MHZ,
      "HLS kernels as host code, cycles by a formula");

  private final XclbinTarget target;
  private final String payload;
  private final int clockMhz;
  private final String summary;

  EmulationModel(XclbinTarget target, String payload, int clockMhz, String summary) {
    this.target = target;
    this.payload = payload;
    this.clockMhz = clockMhz;
    this.summary = summary;
  }

  /**
   * The model of an emulated target when nobody names one: HOST; RTL where this build has it, else
   * CPP.
   */
  public static EmulationModel preferred(XclbinTarget target) {
    if (target == XclbinTarget.SW_EMU) {
      return HOST;
    }
    return NativeFiles.has(RTL.payload) ? RTL : CPP;
  }

  /** The model in an xclbin, if it is one of these. */
  static Optional<EmulationModel> in(XclbinContent xclbin) {
    if (xclbin.metadata() == null || xclbin.metadata().payload() == null) {
      return Optional.empty();
    }
    String name = xclbin.metadata().payload().name();
    return Arrays.stream(values())
        .filter(model -> model.target.label().equals(xclbin.target()) && model.payload.equals(name))
        .findFirst();
  }

  /**
   * The model of a target by its label.
   *
   * @throws UnknownDeviceException if the target has none of that name
   */
  public static EmulationModel named(XclbinTarget target, String name) {
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

  /** One line: {@code model rtl (SystemVerilog kernels, simulated by Verilator)}. */
  public String description() {
    return "model %s (%s)".formatted(label(), summary);
  }

  /** As users write it: {@code rtl}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The payload for {@link XclbinBuilder}.
   *
   * @throws DeviceUnavailableException if this build does not have it
   */
  public Path payload() {
    return NativeFiles.get(payload);
  }

  /** Whether this build has the payload. */
  boolean inBuild() {
    return NativeFiles.has(payload);
  }

  /** What to do where this build does not have it. */
  String remedy() {
    return NativeFiles.remedy(payload);
  }

  /** The clock that turns cycles into time when nobody names another, in MHz. */
  public int clockMhz() {
    return clockMhz;
  }
}
