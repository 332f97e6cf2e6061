// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fabriq.FileFormatException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that only Python can read, and the lines that convert them. */
class PythonFileTest {
  private static final String DICT =
      "d={'fc1w':numpy.array([[1.5,-2],[0.1,3]]),'fc1b':numpy.array([4,5])}";

  @TempDir private Path folder;

  private record Run(int code, String output) {}

  private Run shell(String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private void requireModule(String module) throws IOException, InterruptedException {
    Run run = shell("python3 -c 'import " + module + "'");
    assumeTrue(run.code == 0, "skipped: no python3 with " + module + " here: " + run.output);
  }

  private String refusal(Path file) {
    Throwable thrown = catchThrowable(() -> NpzFile.read(file));
    assertThat(thrown).isInstanceOf(FileFormatException.class).hasMessageNotContaining("\n");
    return thrown.getMessage();
  }

  /** Runs the line that an error names on the file it was of, word by word as a user would. */
  private Map<String, Tensor> convert(Path file, String message) throws Exception {
    String line =
        message
            .substring(message.indexOf("python3 -c"))
            .replaceFirst("\" \\S+ weights.npz$", "\" " + file.getFileName() + " weights.npz");
    Run run = shell(line);
    assertThat(run.code).as(line + "\n" + run.output).isZero();
    return NpzFile.read(folder.resolve("weights.npz"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numpy.save('w.npy',d) | w.npy | an npy of one Python object, as numpy.save writes a dict",
        "numpy.save(open('w.pkl','wb'),d) | w.pkl | an npy of one Python object",
        "pickle.dump(d,open('w.pkl','wb')) | w.pkl | a Python pickle",
        "pickle.dump(d,open('w.pkl','wb'),protocol=2) | w.pkl | a Python pickle",
        "pickle.dump(d,open('w.pkl','wb'),protocol=1) | w.pkl | a Python pickle",
        "pickle.dump(d,open('w.pkl','wb'),protocol=0) | w.pkl | a Python pickle",
      })
  void theLineThatIsNamedConvertsTheDict(String save, String name, String form) throws Exception {
    requireModule("numpy");
    Run made = shell("python3 -c \"import numpy,pickle; " + DICT + "; " + save + "\"");
    assertThat(made.code).as(made.output).isZero();
    Path file = folder.resolve(name);
    String message = refusal(file);
    assertThat(message).startsWith(file + ", form: " + form);
    Map<String, Tensor> read = convert(file, message);
    assertThat(read).containsOnlyKeys("fc1w", "fc1b");
    assertThat(((Float32Tensor) read.get("fc1w")).toArray()).containsExactly(1.5f, -2, 0.1f, 3);
    assertThat(((Float32Tensor) read.get("fc1b")).toArray()).containsExactly(4, 5);
  }

  @ParameterizedTest
  @CsvSource({"True, a PyTorch file", "False, a PyTorch file"})
  void theLineThatIsNamedConvertsTheStateDict(String zip, String form) throws Exception {
    requireModule("torch");
    Run made =
        shell(
            "python3 -c \"import torch; m=torch.nn.Linear(3,2);"
                + " torch.save(m.state_dict(),'m.pth',_use_new_zipfile_serialization="
                + zip
                + ")\"");
    assertThat(made.code).as(made.output).isZero();
    Path file = folder.resolve("m.pth");
    String message = refusal(file);
    assertThat(message).startsWith(file + ", form: " + form);
    Map<String, Tensor> read = convert(file, message);
    assertThat(read).containsOnlyKeys("weight", "bias");
    assertThat(read.get("weight").shape()).containsExactly(2, 3);
  }

  private Path zip(List<String> names) throws IOException {
    Path file = folder.resolve("model.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[] {(byte) 0x80, 2, '}', '.'});
      }
    }
    return file;
  }

  @Test
  void filesOfPyTorchAreNamed() throws IOException {
    assertThat(refusal(zip(List.of("archive/data.pkl", "archive/data/0", "archive/version"))))
        .contains("a PyTorch file of torch.save found, arrays of numbers in an npz expected")
        .contains("torch.load(sys.argv[1],map_location='cpu',weights_only=True)")
        .endsWith("\" model.pth weights.npz");
    assertThat(refusal(zip(List.of("m/data.pkl", "m/code/a.py", "m/constants.pkl"))))
        .contains("a TorchScript program of torch.jit.save")
        .contains("torch.jit.load");
    Path old = folder.resolve("old.pth");
    Files.write(
        old,
        new byte[] {
          -128, 2, -118, 10, 108, -4, -100, 70, -7, 32, 106, -88, 80, 25, 46, -128, 2, 77
        });
    assertThat(refusal(old)).contains("a PyTorch file").contains("torch.load");
  }

  @Test
  void aNameOfAnyFolderIsAnArchiveStill() throws IOException {
    assertThat(refusal(zip(List.of("weights.bin")))).contains("a name ending in .npy");
  }

  @Test
  void arraysOfObjectsAndSingleArraysAreNamed() throws Exception {
    Path file = folder.resolve("a.npy");
    NpyFile.write(file, Float32Tensor.allocate(2, 3));
    assertThat(refusal(file)).contains("one npy array without a name").contains("numpy.savez");
    requireModule("numpy");
    Run made =
        shell(
            "python3 -c \"import numpy; a=numpy.empty(2,dtype=object); a[0]=numpy.ones(2);"
                + " numpy.save('a.npy',a); numpy.savez('b.npz',w=numpy.array({'k':1}))\"");
    assertThat(made.code).as(made.output).isZero();
    assertThat(refusal(file)).contains("Python objects of shape [2]").contains("numpy.savez");
    assertThat(refusal(folder.resolve("b.npz"))).contains("entry w.npy, dtype").contains("savez");
  }

  @Test
  void whatIsNoneIsLetThrough() throws IOException {
    Path file = folder.resolve("w.npz");
    NpzFile.write(file, Map.of("w", Float32Tensor.allocate(2)));
    PythonFile.requireNone(file);
    Path text = Files.writeString(folder.resolve("a.csv"), "(1,2)");
    PythonFile.requireNone(text);
    assertThatThrownBy(() -> PythonFile.requireNone(folder.resolve("none")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("no such file");
  }
}
