// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes EMBEDDED_METADATA: the kernels with arguments and instances, as XRT reads them. */
final class MetadataXml {
  /** The platform of xclbins for emulation. */
  static final String EMULATION = "fabriq_emulation_1_0";

  /** Bits of the memory ports; kBusBytes of hls/include/matmul/config.hpp. */
  private static final String PORT_BITS = "512";

  private static final String CONTROL_PORT = "S_AXI_CONTROL";

  private final XMLStreamWriter xml;

  private MetadataXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /**
   * @param platform as the header has it
   */
  static byte[] of(XclbinTarget target, String platform, List<ComputeUnit> units, int clockMhz) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new MetadataXml(xml).project(target, platform, units, clockMhz);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("no XML for " + units, e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void project(XclbinTarget target, String platform, List<ComputeUnit> units, int clockMhz)
      throws XMLStreamException {
    String board = platform.replaceFirst("^fabriq_", "").replaceFirst("(_[0-9]+)+$", "");
    xml.writeStartDocument("UTF-8", "1.0");
    start("project", "name", "fabriq");
    start("platform", "vendor", "fabriq", "boardid", board, "name", "fabriq_" + board);
    empty("version", "major", "1", "minor", "0");
    start("device", "name", "fpga0", "fpgaDevice", "", "addrWidth", "0");
    start("core", "name", "OCL_REGION_0", "target", target.coreTarget(), "type", "clc_region");
    start("kernelClocks");
    empty("clock", "port", "KERNEL_CLK", "frequency", clockMhz + "MHz");
    xml.writeEndElement();
    for (KernelDescriptor kernel : units.stream().map(ComputeUnit::kernel).distinct().toList()) {
      kernel(kernel, units.stream().filter(unit -> unit.kernel() == kernel).toList());
    }
    xml.writeEndDocument();
  }

  private void kernel(KernelDescriptor kernel, List<ComputeUnit> units) throws XMLStreamException {
    start(
        "kernel",
        "name",
        kernel.name(),
        "language",
        "c",
        "workGroupSize",
        "1",
        "hwControlProtocol",
        kernel.control());
    empty(
        "port",
        "name",
        CONTROL_PORT,
        "mode",
        "slave",
        "range",
        hex(ComputeUnit.RANGE),
        "dataWidth",
        "32",
        "portType",
        "addressable",
        "base",
        "0x0");
    List<String> ports =
        kernel.arguments().stream()
            .filter(KernelDescriptor.Argument::isPointer)
            .map(MetadataXml::port)
            .distinct()
            .toList();
    for (String port : ports) {
      empty(
          "port",
          "name",
          port,
          "mode",
          "master",
          "range",
          "0xFFFFFFFFFFFFFFFF",
          "dataWidth",
          PORT_BITS,
          "portType",
          "addressable",
          "base",
          "0x0");
    }
    for (int i = 0; i < kernel.arguments().size(); i++) {
      argument(i, kernel.arguments().get(i));
    }
    empty("compileWorkGroupSize", "x", "1", "y", "1", "z", "1");
    empty("maxWorkGroupSize", "x", "1", "y", "1", "z", "1");
    for (ComputeUnit unit : units) {
      start("instance", "name", unit.name());
      empty(
          "addrRemap",
          "base",
          hex(unit.baseAddress()),
          "range",
          hex(ComputeUnit.RANGE),
          "port",
          CONTROL_PORT);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void argument(int index, KernelDescriptor.Argument argument) throws XMLStreamException {
    empty(
        "arg",
        "name",
        argument.name(),
        "addressQualifier",
        argument.isPointer() ? "1" : "0",
        "id",
        String.valueOf(index),
        "port",
        port(argument),
        "size",
        hex(argument.bytes()),
        "offset",
        argument.offset(),
        "hostOffset",
        "0x0",
        "hostSize",
        hex(argument.bytes()),
        "type",
        argument.isPointer() ? "void*" : "int");
  }

  private static String port(KernelDescriptor.Argument argument) {
    return argument.isPointer()
        ? "M_AXI_" + argument.bundle().toUpperCase(Locale.ROOT)
        : CONTROL_PORT;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private void start(String element, String... attributes) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(element);
    attributes(attributes);
  }

  private void empty(String element, String... attributes) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeEmptyElement(element);
    attributes(attributes);
  }

  private void attributes(String... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      xml.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
    }
  }
}
