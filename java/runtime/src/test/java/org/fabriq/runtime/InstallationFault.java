// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.xclbin.XclbinTarget;

/**
 * Something that a device needs of the machine is not there, from the start of a JVM until it is
 * mended. A library that is missing is an empty file before the true one in LD_LIBRARY_PATH.
 */
enum InstallationFault {
  NO_XRT("no libxrt") {
    @Override
    Map<String, String> environment(String address, Path folder) throws IOException {
      Files.createFile(folder.resolve("libxrt_coreutil.so.2"));
      return Map.of("LD_LIBRARY_PATH", folder.toString());
    }

    @Override
    void mend(Path folder) throws IOException {
      Files.delete(folder.resolve("libxrt_coreutil.so.2"));
    }
  },
  NO_OPENCL("no OpenCL loader") {
    @Override
    Map<String, String> environment(String address, Path folder) throws IOException {
      Files.createFile(folder.resolve("libOpenCL.so.1"));
      return Map.of("LD_LIBRARY_PATH", folder.toString());
    }

    @Override
    void mend(Path folder) throws IOException {
      Files.delete(folder.resolve("libOpenCL.so.1"));
    }

    @Override
    boolean concerns(String address) {
      return address.startsWith("opencl:");
    }
  },
  NO_UNZIP("no unzip") {
    @Override
    Map<String, String> environment(String address, Path folder) {
      return Map.of("PATH", folder.toString());
    }

    @Override
    void mend(Path folder) throws IOException {
      for (String program : List.of("unzip", "dirname", "chmod")) {
        Files.createSymbolicLink(folder.resolve(program), Path.of("/usr/bin", program));
      }
    }

    @Override
    boolean concerns(String address) {
      return Fault.target(address) == XclbinTarget.HW_EMU;
    }
  },
  NO_RUN_DIRECTORY("run directory missing") {
    @Override
    Map<String, String> environment(String address, Path folder) {
      return Map.of("TMPDIR", folder.resolve("none").toString());
    }

    @Override
    void mend(Path folder) throws IOException {
      Files.createDirectory(folder.resolve("none"));
    }
  },
  NO_SOCKET_DIRECTORY("socket directory is a file") {
    private Path file(Path folder) {
      return Path.of("/tmp", "fabriq-test-%08x".formatted(folder.hashCode()));
    }

    @Override
    Map<String, String> environment(String address, Path folder) throws IOException {
      Files.createFile(file(folder));
      return Map.of("USER", file(folder).getFileName().toString());
    }

    @Override
    void mend(Path folder) throws IOException {
      Files.delete(file(folder));
      Files.createDirectory(file(folder));
      file(folder).toFile().deleteOnExit();
    }
  };

  private final String text;

  InstallationFault(String text) {
    this.text = text;
  }

  /** Brings the fault about for a JVM with these variables. */
  abstract Map<String, String> environment(String address, Path folder) throws IOException;

  /** Ends it. */
  abstract void mend(Path folder) throws IOException;

  boolean concerns(String address) {
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
