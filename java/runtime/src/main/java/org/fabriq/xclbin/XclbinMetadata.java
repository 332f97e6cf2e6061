// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.overlay.OverlayTarget;

/**
 * What an xclbin states of itself, as JSON in its section USER_METADATA, so that a file that lost
 * its manifest can still be checked.
 *
 * @param schema 1; raised when a field changes its meaning
 * @param target label of the {@link XclbinTarget}
 * @param clockMhz of the kernels; in emulation a label that scales cycles to times
 * @param kernels in the order of the xclbin
 * @param payload what does the computing in emulation; null for a device
 */
public record XclbinMetadata(
    int schema,
    String target,
    String platform,
    int clockMhz,
    List<Kernel> kernels,
    Payload payload) {
  /** The schema this version writes. */
  public static final int SCHEMA = 1;

  /**
   * A kernel in an xclbin.
   *
   * @param control block protocol
   * @param configuration of the sizes that it was built in, as {@code zynq}, where hosts must know
   *     them; null if not stated
   */
  public record Kernel(
      String name,
      KernelDescriptor.Contract contract,
      String control,
      String configuration,
      List<Instance> instances,
      List<Argument> arguments) {}

  /**
   * A compute unit.
   *
   * @param base address of its registers, as {@code 0x1800000}
   */
  public record Instance(String name, String base) {
    static Instance of(String name, long base) {
      return new Instance(name, "0x" + Long.toHexString(base));
    }
  }

  /**
   * An argument's place and type.
   *
   * @param type in C++
   * @param kind {@code pointer} or {@code scalar}
   * @param bundle AXI port of a pointer, else null
   * @param offset in the register map, as {@code 0x1c}
   */
  public record Argument(
      int index, String name, String type, String kind, String bundle, String offset, int bytes) {
    static Argument of(int index, KernelDescriptor.Argument argument) {
      return new Argument(
          index,
          argument.name(),
          argument.type(),
          argument.kind(),
          argument.bundle(),
          argument.offset(),
          argument.bytes());
    }
  }

  /** The file an emulation xclbin carries. */
  public record Payload(String name, long bytes, String sha256) {}

  /**
   * @param configuration of the kernel for whole networks; null if not known
   */
  static List<Kernel> kernels(List<ComputeUnit> units, String configuration) {
    return units.stream()
        .map(ComputeUnit::kernel)
        .distinct()
        .map(
            kernel ->
                new Kernel(
                    kernel.name(),
                    kernel.contract(),
                    kernel.control(),
                    configurationOf(kernel.name(), configuration),
                    units.stream()
                        .filter(unit -> unit.kernel() == kernel)
                        .map(unit -> Instance.of(unit.name(), unit.baseAddress()))
                        .toList(),
                    arguments(kernel)))
        .toList();
  }

  /**
   * Refuses a configuration that no kernel of the xclbin has, or that this version does not know.
   *
   * @param names of the kernels
   * @param configuration may be null, which is none
   * @throws InvalidArgumentException with what there is
   */
  static void requireConfiguration(List<String> names, String configuration) {
    if (configuration == null) {
      return;
    }
    OverlayTarget.named(configuration);
    if (!names.contains(KernelDescriptor.NETWORK)) {
      throw new InvalidArgumentException(
          "configuration '%s', but of the kernels %s none has one; only %s does, so leave it out"
              .formatted(configuration, names, KernelDescriptor.NETWORK));
    }
  }

  /**
   * What a checked xclbin of another tool would state, by the descriptors of its kernels.
   *
   * @param configuration of the kernel for whole networks; null if not known
   */
  static XclbinMetadata of(XclbinContent info, int clockMhz, String configuration) {
    requireConfiguration(
        info.kernels().stream().map(XclbinContent.Kernel::name).toList(), configuration);
    List<Kernel> kernels =
        info.kernels().stream()
            .filter(XclbinContent.Kernel::known)
            .map(kernel -> kernel(kernel, configuration))
            .toList();
    return new XclbinMetadata(SCHEMA, info.target(), info.platform(), clockMhz, kernels, null);
  }

  private static Kernel kernel(XclbinContent.Kernel kernel, String configuration) {
    KernelDescriptor descriptor = KernelDescriptor.of(kernel.name());
    return new Kernel(
        kernel.name(),
        descriptor.contract(),
        descriptor.control(),
        configurationOf(kernel.name(), configuration),
        instances(kernel),
        arguments(descriptor));
  }

  private static String configurationOf(String kernel, String configuration) {
    return kernel.equals(KernelDescriptor.NETWORK) ? configuration : null;
  }

  static List<Instance> instances(XclbinContent.Kernel kernel) {
    return kernel.instances().stream().map(i -> Instance.of(i.name(), i.base())).toList();
  }

  static List<Argument> arguments(KernelDescriptor kernel) {
    return java.util.stream.IntStream.range(0, kernel.arguments().size())
        .mapToObj(i -> Argument.of(i, kernel.arguments().get(i)))
        .toList();
  }
}
