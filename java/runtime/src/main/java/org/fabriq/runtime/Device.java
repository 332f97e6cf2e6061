// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.fabriq.kernel.KernelType;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;

/**
 * A device that multiplies matrices and, where it can, runs whole networks, opened by address:
 * {@code reference} (slow, obvious Java), {@code cpu} (the fastest CPU library), {@code emulation}
 * (host-compiled HLS kernels). All give the same bits, but for fp32 of CPU libraries ({@link
 * #exact()}).
 *
 * <p>Threads: a device may be shared. Lifetime: {@link #close()} is idempotent, an error while
 * calls are going on, and frees the weights and networks that are still prepared; any use after it
 * is a {@link DeviceClosedException}. Deadlines: each run has one ({@link #timeout()} unless the
 * call names its own); after a {@link KernelTimeoutException} the device is poisoned until {@link
 * #reset()}.
 */
public final class Device implements AutoCloseable {
  private final String address;
  private final Backend backend;
  private final Duration timeout;
  private final UseCount use;
  private final Set<DeviceResident> open = ConcurrentHashMap.newKeySet();

  Device(String address, Backend backend, Duration timeout) {
    this.address = address;
    this.backend = backend;
    this.timeout = timeout;
    this.use = new UseCount("Device '" + address + "'");
  }

  /**
   * Opens a device; {@link DeviceAddress} has the form of an address.
   *
   * @throws UnknownDeviceException if no device has this address or option
   * @throws DeviceUnavailableException if something the device needs is missing, or this JVM is
   *     known to compute wrongly
   */
  public static Device open(String address) {
    VectorizedLoops.requireRight();
    DeviceAddress parsed = DeviceAddress.parse(address);
    for (DeviceProvider provider : providers()) {
      if (provider.scheme().equals(parsed.scheme())) {
        return new Device(address, provider.open(parsed), parsed.timeout());
      }
    }
    throw new UnknownDeviceException(
        "No device is called '%s'; known are %s, see 'fabriq devices'"
            .formatted(
                parsed.scheme(),
                providers().stream()
                    .map(DeviceProvider::scheme)
                    .collect(Collectors.joining(", "))));
  }

  /** The kinds of devices on the class path, by scheme. */
  public static List<DeviceProvider> providers() {
    return ServiceLoader.load(DeviceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(DeviceProvider::scheme))
        .toList();
  }

  /** The address this device was opened by. */
  public String address() {
    return address;
  }

  /** One line that says what computes, with versions. */
  public String description() {
    return backend.description();
  }

  /**
   * Whether fp32 results are those of {@code docs/numerics.md}, bit for bit. CPU libraries that
   * take sums in another order answer no: theirs lie within {@link
   * org.fabriq.kernel.SumOrderBound}. int8 results are always exact.
   */
  public boolean exact() {
    return backend.exact();
  }

  /** The deadline of a run that names none. */
  public Duration timeout() {
    return timeout;
  }

  /** A matrix multiplication of this device. */
  public MatmulKernel matmul(KernelType type) {
    enter();
    leave();
    return new MatmulKernel(this, type);
  }

  /**
   * Whether this CPU computes what kernels on an FPGA would, so that times are not a board's: the
   * emulations, XRT's own too. Devices that are meant to run on a CPU answer no.
   */
  public boolean simulated() {
    return backend.simulated();
  }

  /**
   * The sizes of the device's {@code network_i8}, for {@link org.fabriq.overlay.OverlayPlan}; empty
   * where it takes no whole networks.
   */
  public Optional<OverlayTarget> overlay() {
    return backend.overlay();
  }

  /**
   * Copies a program to the device, where it stays until closed.
   *
   * @throws org.fabriq.InvalidArgumentException if it takes more than the device holds
   * @throws DeviceUnavailableException if the device takes no whole networks
   */
  public PreparedNetwork prepare(OverlayProgram program) {
    enter();
    try {
      backend.overlay().ifPresent(program::checkFits);
      return new PreparedNetwork(this, program, backend.prepare(program));
    } finally {
      leave();
    }
  }

  /**
   * Megahertz of the kernels' clock as the xclbin states it, by which cycles are time; empty where
   * none is known. Emulations do not run by it.
   */
  public OptionalInt clockMhz() {
    return backend.clockMhz();
  }

  /** What the device's memory holds at this moment. */
  public DeviceMemory memory() {
    enter();
    try {
      return backend.memory();
    } finally {
      leave();
    }
  }

  /**
   * Makes a poisoned device usable again; what is prepared stays valid. No effect on a healthy one.
   */
  public void reset() {
    enter();
    try {
      backend.reset();
    } finally {
      leave();
    }
  }

  /** Crosses to the device's code and back: the floor of a dispatch's cost. */
  public void ping() {
    enter();
    try {
      backend.ping();
    } finally {
      leave();
    }
  }

  /**
   * Closes the device and what is prepared on it.
   *
   * @throws DeviceInUseException while a call or a completion uses it; nothing is closed then
   */
  @Override
  public void close() {
    if (use.close()) {
      try {
        open.forEach(DeviceResident::close);
      } finally {
        backend.close();
      }
    }
  }

  /** As {@code emulation (FabriQ 0.1.0 ...)}. */
  @Override
  public String toString() {
    return address + " (" + description() + ")";
  }

  void enter() {
    use.enter();
  }

  void leave() {
    use.leave();
  }

  Backend backend() {
    return backend;
  }

  void register(DeviceResident resident) {
    open.add(resident);
  }

  void forget(DeviceResident resident) {
    open.remove(resident);
  }
}
