// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;

/** Draws figures as SVG and PNG; needs no screen. */
final class FigureFiles {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int PNG_SCALE = 2;

  private FigureFiles() {}

  /** An SVG document that scales with the room it gets. */
  static String svg(Figure figure, Figure.Size size) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGraphics2D graphics = new SVGGraphics2D(document);
      figure.drawing().apply(size).paint(graphics, size.width(), size.height());
      StringWriter writer = new StringWriter();
      graphics.stream(writer, true);
      return writer
          .toString()
          .replaceFirst(
              "<svg ",
              "<svg width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" "
                  .formatted(size.width(), size.height()))
          .replace("'SansSerif'", "sans-serif")
          .replace("&apos;SansSerif&apos;", "sans-serif");
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PNG of twice the size in pixels. */
  static byte[] png(Figure figure, Figure.Size size) {
    BufferedImage image =
        new BufferedImage(
            PNG_SCALE * size.width(), PNG_SCALE * size.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Chart<?, ?> chart = figure.drawing().apply(size);
    chart.paint(graphics, size.width(), size.height());
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
