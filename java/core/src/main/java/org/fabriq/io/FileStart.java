// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says in words what a file is by how it begins, for errors about files of another form. */
public final class FileStart {
  /** Bytes that are enough to tell. */
  public static final int BYTES = 512;

  private static final int SHOWN = 24;
  private static final int TFLITE_AT = 4;
  private static final Map<String, String> FORMS = forms();

  private FileStart() {}

  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("\u0093NUMPY", "an npy array");
    forms.put("PK", "a zip archive, as .npz is");
    forms.put("\u001f\u008b", "a gzip file");
    forms.put("\u0000\u0000\u0008\u0001", "an IDX file of labels");
    forms.put("\u0000\u0000\u0008\u0003", "an IDX file of images");
    forms.put("\u0080", "a Python pickle");
    forms.put("\u0089HDF", "an HDF5 file, as Keras writes");
    forms.put("\u0089PNG", "one picture");
    forms.put("\u00ff\u00d8\u00ff", "one picture");
    forms.put("version https://git-lfs", "a pointer of Git LFS in place of the file");
    return forms;
  }

  /**
   * What a file is, as {@code an npy array} or {@code text ('hello')}.
   *
   * @param start its first bytes, all of them where it has less than {@link #BYTES}
   */
  public static String of(byte[] start) {
    String text = new String(start, 0, Math.min(start.length, BYTES), ISO_8859_1);
    for (Map.Entry<String, String> form : FORMS.entrySet()) {
      if (text.startsWith(form.getKey())) {
        return form.getValue();
      }
    }
    if (text.isEmpty()) {
      return "nothing";
    }
    if (text.startsWith("TFL3", TFLITE_AT)) {
      return "a TensorFlow Lite model";
    }
    if (text.strip().matches("(?si)(<!doctype html|<html).*")) {
      return "an HTML page, as a failed download leaves";
    }
    return text.matches("[\\p{Graph}\\s]*")
        ? "text ('%s')".formatted(shown(text.strip().lines().findFirst().orElse("")))
        : "other bytes";
  }

  private static String shown(String line) {
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
