// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fabriq.FabriqException;
import org.fabriq.FileFormatException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no data of any form. */
class DataFilesTest {
  @TempDir private Path folder;

  private static void assertRefused(Path path, String named) {
    assertThatThrownBy(() -> DataFiles.open(path))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  @Test
  void missingData() {
    assertRefused(folder.resolve("none"), "no such file or folder; name data that is there: a");
    assertRefused(folder.resolve("no/where"), "no such file or folder");
    assertRefused(Path.of("nofile"), "no such file or folder");
  }

  @Test
  @Timeout(20)
  void aFifoIsNotWaitedFor() throws IOException, InterruptedException {
    Path fifo = folder.resolve("fifo.npy");
    boolean made = false;
    try {
      made = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      System.out.println("no mkfifo: " + e.getMessage());
    }
    assumeTrue(made, "skipped: mkfifo is not there");
    assertRefused(fifo, "is a FIFO, a socket or a device; copy what it gives to a file");
    Path csv = Files.writeString(folder.resolve("a.csv"), "1,2\n");
    DataOptions labels = new DataOptions(fifo, null, null, null);
    assertThatThrownBy(() -> DataFiles.open(csv, labels).read(Split.TEST))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("is a FIFO");
    DataOptions aFolder = new DataOptions(folder, null, null, null);
    assertThatThrownBy(() -> DataFiles.open(csv, aFolder).read(Split.TEST))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void otherFiles() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    assertRefused(file, "one picture found");
    Files.write(file, new byte[] {7, 0, 0, 3});
    assertRefused(file, "other bytes found");
    Files.write(file, new byte[] {(byte) 0x80, 4, (byte) 0x95});
    assertRefused(file, "a Python pickle found");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertRefused(file, "cannot be read");
    Files.write(file, new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
    assertRefused(file, "an IDX file of labels found");
    Files.write(file, new byte[] {'P', 'K', 3, 4});
    assertRefused(file, "npz");
  }

  @Test
  void changedBytesNeverGiveAnotherException() throws IOException {
    SplittableRandom random = Seed.random("changedBytesNeverGiveAnotherException");
    String csv = "a,\"b\",label\n1,2,0\n3.5,\"4\",1\n5,6,2\n";
    byte[] whole = csv.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Path file = folder.resolve("a.csv");
    int read = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        Samples samples = DataFiles.open(file).read(Split.TEST);
        for (float value : samples.inputs(0, samples.count()).toArray()) {
          assertThat(value).isFinite();
        }
        read++;
      } catch (FabriqException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
    assertThat(read).isBetween(1, 1_999);
  }
}
