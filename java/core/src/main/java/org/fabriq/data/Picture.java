// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.fabriq.FileFormatException;

/**
 * Holds a picture of 8 bits a channel, its values as in the file: no colour profile is applied.
 *
 * @param planes channel by channel, row by row: grey, or red, green and blue
 */
record Picture(int channels, int rows, int columns, byte[] planes) {
  /** Most pixels of a picture. */
  static final int MAX_PIXELS = 1 << 24;

  /**
   * Reads a picture.
   *
   * @throws FileFormatException if it is none, too large, damaged, transparent or of other depth
   */
  static Picture read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw error(file, "no regular file", "a PNG or JPEG picture", "take it out of the folder");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw error(file, "no picture", "PNG or JPEG", "take it out of the folder");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return of(file, read(file, reader));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof FileFormatException format) {
        throw format;
      }
      // ImageIO's readers meet damage with many an unchecked exception.
      throw new FileFormatException(
          file.toString(),
          "cannot be read as a picture: " + e.getMessage(),
          "write it again as a PNG, grey or RGB with 8 bits a channel",
          e);
    }
  }

  private static BufferedImage read(Path file, ImageReader reader) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw error(
          file,
          "%d x %d pixels".formatted(reader.getHeight(0), reader.getWidth(0)),
          "at most %,d".formatted(MAX_PIXELS),
          "make it smaller");
    }
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          throw error(file, warning, "a sound picture", "write it again");
        });
    return reader.read(0);
  }

  private static Picture of(Path file, BufferedImage image) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    boolean indexed = model instanceof IndexColorModel;
    int bands = raster.getNumBands();
    int depth = indexed ? 8 : raster.getSampleModel().getSampleSize(0);
    if (depth != 8) {
      throw error(file, depth + " bits a channel", "8", "convert it to 8 bits a channel");
    }
    int colours = indexed ? (grey((IndexColorModel) model) ? 1 : 3) : model.getNumColorComponents();
    if (colours != 1 && colours != 3) {
      throw error(file, colours + " channels of colour", "grey or RGB", "convert it to RGB");
    }
    Picture picture =
        new Picture(
            colours,
            image.getHeight(),
            image.getWidth(),
            new byte[colours * image.getHeight() * image.getWidth()]);
    int plane = picture.rows * picture.columns;
    for (int i = 0; i < plane; i++) {
      int x = i % picture.columns;
      int y = i / picture.columns;
      int palette = indexed ? model.getRGB(raster.getSample(x, y, 0)) : 0;
      int alpha =
          indexed ? palette >>> 24 : bands > colours ? raster.getSample(x, y, colours) : 255;
      if (alpha != 255) {
        throw error(
            file,
            "a transparent pixel in row %d, column %d".formatted(y, x),
            "none",
            "put the picture on a background");
      }
      for (int c = 0; c < colours; c++) {
        int value = indexed ? palette >> 8 * (2 - c) : raster.getSample(x, y, c);
        picture.planes[c * plane + i] = (byte) value;
      }
    }
    return picture;
  }

  private static boolean grey(IndexColorModel palette) {
    for (int i = 0; i < palette.getMapSize(); i++) {
      if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
        return false;
      }
    }
    return true;
  }

  static FileFormatException error(Path file, String found, String expected, String remedy) {
    return new FileFormatException(file.toString(), "picture", found, expected, remedy);
  }

  /** As {@code grey, 28 x 28}. */
  String shapeText() {
    return "%s, %d x %d".formatted(channels == 1 ? "grey" : "RGB", rows, columns);
  }
}
