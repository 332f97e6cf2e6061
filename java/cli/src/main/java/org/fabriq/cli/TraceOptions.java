// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.runtime.DeviceAddress;
import picocli.CommandLine.Option;

/** Options that ask for waveforms of simulated kernels, which are options of a device's address. */
final class TraceOptions {
  private static final String TRACE = "trace";
  private static final String LIMIT = "trace-limit";
  private static final String DEFAULT_LIMIT = "256M";

  @Option(
      names = "--trace",
      paramLabel = "FILE.fst",
      description =
          "The waveforms of simulated kernels (xrt:hw_emu, opencl:hw_emu) are written "
              + "to this file.")
  private Path file;

  @Option(
      names = "--trace-limit",
      paramLabel = "SIZE",
      description =
          "Writing stops where the waveforms would become larger than this, 8M to 1024G. The"
              + " default is "
              + DEFAULT_LIMIT
              + ".")
  private String limit;

  /**
   * The address of a device with these options.
   *
   * @throws InvalidArgumentException if it has no waveforms, or the file's name cannot be in an
   *     address
   */
  String address(String device) {
    if (file == null && limit != null) {
      throw new InvalidArgumentException(
          "--trace-limit %s: no waveforms are asked for; give --trace FILE.fst too"
              .formatted(limit));
    }
    if (file == null) {
      return device;
    }
    if (!DeviceOption.runsXclbin(device)) {
      throw new InvalidArgumentException(
          "--trace: %s simulates no kernels; give --device xrt:hw_emu too, or leave --trace out"
              .formatted(device));
    }
    String path = file.toAbsolutePath().toString();
    if (path.matches(".*[?&].*")) {
      throw new InvalidArgumentException(
          "--trace '%s' has a ? or & in its path; name another file".formatted(path));
    }
    String traced = device + (device.contains("?") ? "&" : "?") + TRACE + "=" + path;
    return limit == null ? traced : traced + "&" + LIMIT + "=" + limit;
  }

  /** The file that an emulated device writes waveforms to, by its address or the environment. */
  private static Optional<String> file(String address) {
    DeviceAddress device = DeviceAddress.parse(address);
    String variable = device.instance().equals("hw_emu") ? System.getenv("FABRIQ_TRACE") : null;
    return Optional.ofNullable(device.options().getOrDefault(TRACE, variable));
  }

  private static String limit(String address) {
    String variable = System.getenv().getOrDefault("FABRIQ_TRACE_LIMIT", DEFAULT_LIMIT);
    return DeviceAddress.parse(address).options().getOrDefault(LIMIT, variable);
  }

  /**
   * Says before the work how large the file becomes, if one is asked for.
   *
   * @param address as {@link #address} made it, or with options of the user's own
   * @param batches what one batch takes with each kernel; may be empty
   */
  static void announce(String address, Collection<TraceSize> batches, PrintWriter out) {
    String sizes = batches.stream().map(TraceSize::toString).collect(Collectors.joining(", "));
    file(address)
        .ifPresent(
            file ->
                out.printf(
                    "trace    %s, at most %s%s%n",
                    file,
                    limit(address),
                    sizes.isEmpty() ? "" : "; one batch takes about " + sizes));
  }

  /** Says after the device was closed how far the file got, if one was asked for. */
  static void report(String address, PrintWriter out) {
    file(address)
        .flatMap(file -> TraceFile.read(Path.of(file)))
        .map(trace -> trace.text(limit(address)))
        .ifPresent(text -> out.printf("trace    %s%n", text));
    out.flush();
  }
}
