// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the kernels of an xclbin with the descriptors: names, order, kinds, offsets and sizes of
 * the arguments, block protocol, and that every instance is where the tables say, with memory for
 * each pointer. Kernels that have no descriptor only need to be sound.
 */
final class SignatureCheck {
  static final String REMEDY =
      "build the xclbin with this version of FabriQ, from the kernels in hls/kernels";

  private final AxlfReader xclbin;
  private final Region metadata;
  private final Region layout;
  private final Region connectivity;
  private final List<TableReader.Ip> ips;
  private final List<TableReader.Connection> connections;

  SignatureCheck(AxlfReader xclbin, int memories) {
    this.xclbin = xclbin;
    metadata = xclbin.require(SectionKind.EMBEDDED_METADATA);
    layout = xclbin.require(SectionKind.IP_LAYOUT);
    connectivity = xclbin.require(SectionKind.CONNECTIVITY);
    ips = TableReader.ips(layout);
    connections = TableReader.connections(connectivity, ips.size(), memories);
  }

  List<TableReader.Ip> ips() {
    return ips;
  }

  /**
   * The kernels, with where their instances are.
   *
   * @throws XclbinFormatException if one is not as it should be, or none is known
   */
  List<XclbinContent.Kernel> check(KernelList list) {
    List<String> names = list.kernels().stream().map(KernelList.Kernel::name).toList();
    if (names.stream().allMatch(name -> KernelDescriptor.find(name).isEmpty())) {
      throw metadata.error(
          "kernels " + Region.shortened(names.toString()),
          "one of " + KernelDescriptor.names(),
          REMEDY);
    }
    checkIps(new HashSet<>(names));
    return list.kernels().stream().map(this::check).toList();
  }

  private void checkIps(Set<String> declared) {
    Set<String> names = new HashSet<>();
    Set<Long> bases = new HashSet<>();
    for (int i = 0; i < ips.size(); i++) {
      TableReader.Ip ip = ips.get(i);
      int at = TableLayout.IP_START + i * TableLayout.IP_BYTES;
      if (!ip.isKernel()) {
        continue;
      }
      String[] parts = ip.name().split(":", -1);
      if (parts.length != 2
          || !declared.contains(parts[0])
          || !KernelList.NAME.matcher(parts[1]).matches()) {
        throw layout.error(at, "instance '" + ip.name() + "'", "kernel:instance of the metadata");
      }
      if (!names.add(ip.name()) || ip.base() != -1 && !bases.add(ip.base())) {
        throw layout.error(
            at, "a second %s or base 0x%x".formatted(ip.name(), ip.base()), "each once");
      }
    }
  }

  private XclbinContent.Kernel check(KernelList.Kernel kernel) {
    Optional<KernelDescriptor> descriptor = KernelDescriptor.find(kernel.name());
    descriptor.ifPresent(known -> checkArguments(known, kernel.arguments()));
    List<XclbinContent.Instance> instances =
        ips.stream()
            .filter(ip -> ip.isKernel() && ip.name().startsWith(kernel.name() + ":"))
            .map(ip -> instance(kernel, ip, descriptor))
            .toList();
    if (descriptor.isPresent() && instances.isEmpty()) {
      throw layout.error("no instance of " + kernel.name(), "one or more", Region.REMEDY);
    }
    return new XclbinContent.Kernel(
        kernel.name(), descriptor.isPresent(), List.copyOf(kernel.arguments()), instances);
  }

  private void checkArguments(KernelDescriptor kernel, List<XclbinContent.Argument> all) {
    List<XclbinContent.Argument> found = all.stream().filter(a -> a.index() != null).toList();
    List<KernelDescriptor.Argument> expected = kernel.arguments();
    if (found.size() != expected.size()) {
      throw metadata.error(
          "%s with %d arguments".formatted(kernel.name(), found.size()),
          String.valueOf(expected.size()),
          REMEDY);
    }
    for (int i = 0; i < expected.size(); i++) {
      KernelDescriptor.Argument argument = expected.get(i);
      String is = describe(kernel, found.get(i));
      String should =
          describe(
              kernel,
              new XclbinContent.Argument(
                  i,
                  argument.name(),
                  argument.isPointer(),
                  argument.address(),
                  argument.bytes(),
                  null));
      if (!is.equals(should)) {
        throw metadata.error(Region.shortened(is), should, REMEDY);
      }
    }
  }

  private static String describe(KernelDescriptor kernel, XclbinContent.Argument argument) {
    return "%s argument %d %s, %s of %d bytes at 0x%x"
        .formatted(
            kernel.name(),
            argument.index(),
            argument.name(),
            argument.pointer() ? "pointer" : "scalar",
            argument.bytes(),
            argument.offset());
  }

  private XclbinContent.Instance instance(
      KernelList.Kernel kernel, TableReader.Ip ip, Optional<KernelDescriptor> descriptor) {
    String name = ip.name().substring(kernel.name().length() + 1);
    descriptor.ifPresent(known -> checkInstance(kernel, ip, name, known));
    return new XclbinContent.Instance(name, ip.base(), ip.control());
  }

  private void checkInstance(
      KernelList.Kernel kernel, TableReader.Ip ip, String name, KernelDescriptor known) {
    if (!ip.control().equals(known.control())) {
      throw layout.error(ip.name() + " with " + ip.control(), known.control(), REMEDY);
    }
    boolean declared =
        kernel.instances().stream()
            .anyMatch(i -> i.name().equals(name) && (isDevice() || i.base() == ip.base()));
    if (!declared) {
      throw layout.error(
          "%s at 0x%x".formatted(ip.name(), ip.base()),
          "an instance of EMBEDDED_METADATA, at its base",
          Region.REMEDY);
    }
    int index = ips.indexOf(ip);
    for (int i = 0; i < known.arguments().size(); i++) {
      int argument = i;
      boolean connected =
          connections.stream().anyMatch(c -> c.ip() == index && c.argument() == argument);
      if (known.arguments().get(i).isPointer() && !connected) {
        throw connectivity.error(
            "no memory for %s argument %d".formatted(ip.name(), i), "a connection", Region.REMEDY);
      }
    }
  }

  /** On a device XRT takes the addresses of IP_LAYOUT alone. */
  private boolean isDevice() {
    return xclbin.target() == XclbinTarget.HW;
  }
}
