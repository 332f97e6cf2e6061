// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** Parses EMBEDDED_METADATA: UTF-8, no document type, so no entities of any kind. */
final class MetadataReader {
  private MetadataReader() {}

  /**
   * @throws XclbinFormatException if it is not well-formed, or has no kernel where XRT looks
   */
  static KernelList read(Region section) {
    KernelList kernels = new KernelList(section);
    try {
      XMLReader reader = reader();
      reader.setContentHandler(kernels);
      reader.setErrorHandler(kernels);
      reader.parse(new InputSource(new StringReader(text(section))));
    } catch (SAXException | IOException e) {
      throw section.error(
          Region.shortened(String.valueOf(e.getMessage())),
          "well-formed XML without a document type",
          Region.REMEDY);
    }
    if (kernels.kernels().isEmpty()) {
      throw section.error("no kernel", "project/platform/device/core/kernel", Region.REMEDY);
    }
    return kernels;
  }

  private static XMLReader reader() throws SAXException {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newSAXParser().getXMLReader();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every JDK has this parser", e);
    }
  }

  /** Writers may put zero bytes at the end. */
  private static String text(Region section) throws CharacterCodingException {
    int length = section.size();
    while (length > 0 && section.buffer().get(length - 1) == 0) {
      length--;
    }
    return StandardCharsets.UTF_8.newDecoder().decode(section.buffer().slice(0, length)).toString();
  }
}
