// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.xclbin.DefaultXclbins;
import org.fabriq.xclbin.XclbinChecker;
import org.fabriq.xclbin.XclbinContent;
import org.fabriq.xclbin.XclbinTarget;

/**
 * Xclbins for the devices on XRT: the one that the address names, else in emulation the default
 * one. Either is checked before native code sees it.
 */
final class XclbinDevices {
  private static final String XCLBIN = "xclbin";
  private static final String MODEL = "model";
  private static final String COMPUTE_UNITS = "cu";

  /** What native code takes of simulations; it checks the values. */
  private static final List<String> SIMULATION =
      List.of("latency", "bandwidth", "shared", "trace", "trace-limit");

  private static final int MAX_COMPUTE_UNITS = 8;

  private XclbinDevices() {}

  /** Opens a device of libxrt or its OpenCL with a checked xclbin. */
  static Backend open(DeviceAddress address) {
    NativeFiles.unpackAll();
    Map<String, String> options = new LinkedHashMap<>(address.options());
    String model = options.remove(MODEL);
    XclbinTarget target = target(address.instance());
    Path xclbin;
    Integer clockMhz;
    Optional<EmulationModel> computes;
    Optional<OverlayTarget> overlay;
    if (options.containsKey(XCLBIN)) {
      refuse(model);
      xclbin = Path.of(options.get(XCLBIN));
      XclbinContent info = XclbinChecker.check(xclbin, target);
      clockMhz = info.clockMhz();
      computes = EmulationModel.in(info);
      overlay = info.overlay();
      requireSimulation(address.scheme(), options, computes);
    } else {
      EmulationModel chosen = model(address, target, model);
      clockMhz = chosen.clockMhz();
      computes = Optional.of(chosen);
      overlay = Optional.of(OverlayTarget.DEFAULT);
      requireSimulation(address.scheme(), options, computes);
      xclbin = DefaultXclbins.get(target, computeUnits(address), chosen.payload(), clockMhz);
    }
    options.put(XCLBIN, withoutSeparators(xclbin));
    return new NativeBackend(
        new DeviceAddress(address.scheme(), address.instance(), options, address.timeout())
            .deviceText(),
        computes.map(EmulationModel::description).orElse(""),
        target != XclbinTarget.HW,
        clockMhz == null ? OptionalInt.empty() : OptionalInt.of(clockMhz),
        overlay);
  }

  private static void requireSimulation(
      String scheme, Map<String, String> options, Optional<EmulationModel> computes) {
    if (computes.equals(Optional.of(EmulationModel.RTL))) {
      return;
    }
    for (String option : SIMULATION) {
      if (options.containsKey(option)) {
        throw new UnknownDeviceException(
            ("option %s is for the simulation of SystemVerilog kernels, and this device has %s; %s,"
                    + " or leave the option out")
                .formatted(
                    option,
                    computes.map(EmulationModel::description).orElse("no model of FabriQ's"),
                    EmulationModel.RTL.inBuild()
                        ? "use %s:hw_emu?model=rtl without xclbin".formatted(scheme)
                        : EmulationModel.RTL.remedy()));
      }
    }
  }

  private static XclbinTarget target(String instance) {
    return switch (instance) {
      case "sw_emu" -> XclbinTarget.SW_EMU;
      case "hw_emu" -> XclbinTarget.HW_EMU;
      case "" ->
          throw new UnknownDeviceException(
              "no instance is named; give sw_emu, hw_emu, an index or a BDF, as in 'xrt:sw_emu'");
      default -> board(System.getenv());
    };
  }

  /**
   * What a device of XRT takes xclbins for: a board, or what XCL_EMULATION_MODE says where the user
   * has set it for an emulation of the vendor's (not FabriQ for a program it emulates).
   */
  static XclbinTarget board(Map<String, String> environment) {
    String mode = environment.getOrDefault("XCL_EMULATION_MODE", "");
    return mode.isEmpty() || environment.containsKey("FABRIQ_XRT_ROOT")
        ? XclbinTarget.HW
        : XclbinTarget.ofLabel(mode);
  }

  private static void refuse(String model) {
    if (model != null) {
      throw new UnknownDeviceException(
          "option model is '%s', but an xclbin has its own; leave out model or xclbin"
              .formatted(model));
    }
  }

  private static EmulationModel model(DeviceAddress address, XclbinTarget target, String name) {
    if (target == XclbinTarget.HW) {
      throw new UnknownDeviceException(
          "Device '%s' is a board and needs its xclbin; give %s:%s?xclbin=FILE"
              .formatted(address.deviceText(), address.scheme(), address.instance()));
    }
    return name == null ? EmulationModel.preferred(target) : EmulationModel.named(target, name);
  }

  private static int computeUnits(DeviceAddress address) {
    String text = address.options().getOrDefault(COMPUTE_UNITS, "1");
    if (!text.matches("[1-" + MAX_COMPUTE_UNITS + "]")) {
      throw new UnknownDeviceException(
          "option cu is '%s'; give the number of compute units of each kernel, 1 to %d"
              .formatted(text, MAX_COMPUTE_UNITS));
    }
    return Integer.parseInt(text);
  }

  private static String withoutSeparators(Path xclbin) {
    String path = xclbin.toAbsolutePath().toString();
    if (path.matches(".*[?&].*")) {
      throw new UnknownDeviceException(
          "xclbin '%s' has a ? or & in its path; move it to a path without".formatted(path));
    }
    return path;
  }
}
