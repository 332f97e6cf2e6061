// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Opens {@code cpu:NAME}, a {@link CpuLibrary}, and {@code cpu}, the fastest of all that are
 * available ({@link FastestArithmetic}). Everything runs in the calling thread; option {@code
 * threads} gives a library that can use them further cores.
 */
public final class CpuDeviceProvider implements DeviceProvider {
  private static final int MAX_THREADS = 1024;

  @Override
  public String scheme() {
    return "cpu";
  }

  @Override
  public String summary() {
    return "the fastest CPU library for each shape; options: threads (1)";
  }

  @Override
  public String probe() {
    return "%s, %d processors"
        .formatted(System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors());
  }

  @Override
  public List<String> instances() {
    return CpuLibrary.all().stream().map(library -> "cpu:" + library.name()).toList();
  }

  @Override
  public Backend open(DeviceAddress address) {
    int threads = threads(address);
    if (!address.instance().isEmpty()) {
      CpuLibrary library = library(address.instance());
      if (threads > 1 && !library.multithreaded()) {
        throw new UnknownDeviceException(
            "Device '%s' computes with 1 thread; leave threads out, or name one of %s"
                .formatted(
                    address.deviceText(),
                    CpuLibrary.all().stream()
                        .filter(CpuLibrary::multithreaded)
                        .map(other -> "cpu:" + other.name())
                        .collect(Collectors.joining(", "))));
      }
      return new JavaBackend(library.open(threads));
    }
    Map<String, CpuArithmetic> available = new LinkedHashMap<>();
    for (CpuLibrary library : CpuLibrary.all()) {
      try {
        available.put(library.name(), library.open(library.multithreaded() ? threads : 1));
      } catch (DeviceUnavailableException e) {
        continue;
      }
    }
    return new JavaBackend(
        available.size() == 1
            ? available.values().iterator().next()
            : new FastestArithmetic(available, threads));
  }

  private static CpuLibrary library(String name) {
    List<CpuLibrary> libraries = CpuLibrary.all();
    return libraries.stream()
        .filter(library -> library.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownDeviceException(
                    "No CPU library is called '%s'; there are %s"
                        .formatted(
                            name,
                            libraries.stream()
                                .map(CpuLibrary::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static int threads(DeviceAddress address) {
    int threads = 1;
    for (Map.Entry<String, String> option : address.options().entrySet()) {
      if (!option.getKey().equals("threads")) {
        throw new UnknownDeviceException(
            "Device '%s' has no option '%s'; options are threads and timeout"
                .formatted(address.deviceText(), option.getKey()));
      }
      String value = option.getValue();
      threads = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
      if (threads < 1 || threads > MAX_THREADS) {
        throw new UnknownDeviceException(
            "threads '%s' of device '%s' is outside 1..%d; this machine has %d processors"
                .formatted(
                    value,
                    address.deviceText(),
                    MAX_THREADS,
                    Runtime.getRuntime().availableProcessors()));
      }
    }
    return threads;
  }
}
