// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.fabriq.xclbin.KernelDescriptor;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Compares the kernel.xml of an RTL kernel with its descriptor. */
final class KernelXml {
  private KernelXml() {}

  static void check(KernelDescriptor descriptor, String text) {
    Element root = parse(text);
    Element kernel = (Element) root.getElementsByTagName("kernel").item(0);
    assertThat(kernel.getAttribute("name")).isEqualTo(descriptor.name());
    assertThat(kernel.getAttribute("hwControlProtocol")).isEqualTo(descriptor.control());
    NodeList arguments = root.getElementsByTagName("arg");
    assertThat(arguments.getLength()).isEqualTo(descriptor.arguments().size());
    Set<String> ports = new HashSet<>();
    for (int i = 0; i < arguments.getLength(); i++) {
      Element found = (Element) arguments.item(i);
      KernelDescriptor.Argument argument = descriptor.arguments().get(i);
      assertThat(found.getAttribute("name")).isEqualTo(argument.name());
      assertThat(found.getAttribute("id")).isEqualTo("" + i);
      assertThat(Integer.decode(found.getAttribute("offset"))).isEqualTo(argument.address());
      assertThat(Integer.decode(found.getAttribute("size"))).isEqualTo(argument.bytes());
      assertThat(found.getAttribute("addressQualifier"))
          .isEqualTo(argument.isPointer() ? "1" : "0");
      assertThat(found.getAttribute("port"))
          .isEqualTo(argument.isPointer() ? "m_axi_" + argument.bundle() : "s_axi_control");
      ports.add(found.getAttribute("port"));
    }
    NodeList declared = root.getElementsByTagName("port");
    assertThat(declared.getLength()).isEqualTo(ports.size());
    for (int i = 0; i < declared.getLength(); i++) {
      assertThat(ports).contains(((Element) declared.item(i)).getAttribute("name"));
    }
  }

  private static Element parse(String text) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(text, e);
    }
  }
}
