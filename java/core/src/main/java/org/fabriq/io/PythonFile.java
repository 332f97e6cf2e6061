// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.fabriq.FileFormatException;

/**
 * Recognizes files that hold Python objects. A pickle is a program that anyone may have written, so
 * none is loaded; each form is refused by name, with the line that converts it.
 *
 * <p>Sources: the documentation of {@code pickletools} (opcodes), of {@code numpy.save}, and of
 * {@code torch.save} (archives since 1.6; before that three pickles of a magic number, a version
 * and system information stand in front of the object).
 */
public enum PythonFile {
  /** What {@code pickle.dump} writes. */
  PICKLE(
      "a Python pickle",
      "import sys,pickle,numpy; d=pickle.load(open(sys.argv[1],'rb'))",
      "numpy.asarray(v,dtype='float32')",
      "weights.pkl"),
  /** What {@code numpy.save} makes of a dict: an npy with one pickled object. */
  PICKLED_NPY(
      "an npy of one Python object, as numpy.save writes a dict",
      "import sys,numpy; d=numpy.load(sys.argv[1],allow_pickle=True).item()",
      "numpy.asarray(v,dtype='float32')",
      "weights.npy"),
  /** What {@code torch.save} writes. */
  PYTORCH(
      "a PyTorch file of torch.save",
      "import sys,torch,numpy; d=torch.load(sys.argv[1],map_location='cpu',weights_only=True)",
      "v.detach().float().numpy()",
      "model.pth"),
  /** What {@code torch.jit.save} writes. */
  TORCHSCRIPT(
      "a TorchScript program of torch.jit.save",
      "import sys,torch,numpy; d=torch.jit.load(sys.argv[1],map_location='cpu').state_dict()",
      "v.detach().float().numpy()",
      "model.pt");

  private static final String REMEDY =
      "pickles can run code and are not loaded; convert what you trust with: python3 -c \"%s;"
          + " numpy.savez(sys.argv[2],**{k:%s for k,v in d.items()})\" %s weights.npz";
  private static final int PROTO = 0x80;

  /** How pickles of protocols 0 and 1 begin: a dict or a list. */
  private static final List<String> OLD_STARTS = List.of("(dp", "(lp", "}q", "]q");

  /** The pickled magic number 0x1950a86a20f9469cfc6c, behind the opcode PROTO and its argument. */
  private static final byte[] TORCH_MAGIC =
      "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019".getBytes(ISO_8859_1);

  private final String words;
  private final String remedy;

  PythonFile(String words, String load, String value, String example) {
    this.words = words;
    this.remedy = REMEDY.formatted(load, value, example);
  }

  /** The line of a shell that writes an npz with the arrays of such a file. */
  String remedy() {
    return remedy;
  }

  /**
   * Refuses a file that holds Python objects.
   *
   * @throws FileFormatException if it does, or cannot be read
   */
  public static void requireNone(Path file) {
    requireNone(file, Location.ofFile(file));
  }

  static void requireNone(Path file, Location where) {
    try {
      byte[] start = start(file);
      requireNoPickle(start, where);
      String magic = new String(start, ISO_8859_1);
      if (magic.startsWith("\u0093NUMPY")) {
        requireNoPickledNpy(file, where);
      } else if (magic.startsWith("PK")) {
        requireNoTorch(file, where);
      }
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(16);
    }
  }

  /** Refuses what begins as a pickle, or as a file of an old PyTorch. */
  static void requireNoPickle(byte[] start, Location where) {
    String text = new String(start, ISO_8859_1);
    if (start.length > 0 && (start[0] & 0xff) == PROTO) {
      int end = 2 + TORCH_MAGIC.length;
      boolean torch = start.length >= end && Arrays.equals(start, 2, end, TORCH_MAGIC, 0, end - 2);
      throw (torch ? PYTORCH : PICKLE).error(where);
    }
    if (OLD_STARTS.stream().anyMatch(text::startsWith)) {
      throw PICKLE.error(where);
    }
  }

  private static void requireNoPickledNpy(Path file, Location where) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      NpyHeader.read(in, where);
    }
  }

  /** Refuses arrays of objects: one, which is most often a dict, or several. */
  static void requireNoObjects(String dtype, int[] shape, Location where) {
    if (!dtype.contains("O")) {
      return;
    }
    if (shape.length == 0 && where.entry() == null) {
      throw PICKLED_NPY.error(where);
    }
    throw where.error(
        "dtype",
        "%s, an array of Python objects of shape %s".formatted(dtype, Arrays.toString(shape)),
        "an array of numbers",
        "save each array of numbers under its own name with numpy.savez");
  }

  private static void requireNoTorch(Path file, Location where) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = zip.stream().map(ZipEntry::getName).toList();
      if (names.stream().anyMatch(name -> name.matches("([^/]*/)?constants\\.pkl"))) {
        throw TORCHSCRIPT.error(where);
      }
      if (names.stream().anyMatch(name -> name.matches("([^/]*/)?data\\.pkl"))) {
        throw PYTORCH.error(where);
      }
    } catch (ZipException e) {
      return; // whoever reads it as an archive says what is wrong
    }
  }

  private FileFormatException error(Location where) {
    return where.error("form", words, "arrays of numbers in an npz", remedy);
  }
}
