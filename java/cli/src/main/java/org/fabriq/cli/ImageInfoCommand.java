// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.fabriq.image.ImageChecker;
import org.fabriq.image.ImageInfo;
import org.fabriq.image.ImageManifest;
import org.fabriq.image.ImageMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fabriq image info}. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Check an image and show what is in it. Exit code 2 if it is not sound.")
final class ImageInfoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The image.")
  private Path file;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ImageInfo info = ImageChecker.check(file);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(info.json());
    } else {
      print(info, out);
    }
    out.flush();
    return FabriqCommand.OK;
  }

  private static void print(ImageInfo info, PrintWriter out) {
    out.printf("file      %s, %,d bytes%n", info.file(), info.bytes());
    out.printf("sha256    %s%n", info.sha256());
    out.printf("uuid      %s%n", info.uuid());
    out.printf("target    %s on %s%n", info.target(), info.platform());
    out.printf("made      %s%n", Instant.ofEpochSecond(info.timeStamp()));
    out.printf("clock     %s%n", info.clockMhz() == null ? "not stated" : info.clockMhz() + " MHz");
    out.printf("contract  %s%n", contract(info));
    out.printf("manifest  %s%n", manifest(info.manifest()));
    for (ImageInfo.Section section : info.sections()) {
      out.printf(
          "section   %-22s %,12d bytes at 0x%x%n",
          section.name(), section.bytes(), section.offset());
    }
    for (ImageInfo.Memory memory : info.memories()) {
      out.printf(
          "memory    %-22s %,12d MiB at 0x%x%s%n",
          memory.name(), memory.kib() >> 10, memory.base(), memory.used() ? "" : ", not used");
    }
    info.kernels().forEach(kernel -> print(kernel, out));
  }

  private static void print(ImageInfo.Kernel kernel, PrintWriter out) {
    out.printf("kernel    %s%s%n", kernel.name(), kernel.known() ? "" : ", not one of FabriQ's");
    for (ImageInfo.Instance instance : kernel.instances()) {
      out.printf(
          "  instance %s at 0x%x, %s%n", instance.name(), instance.base(), instance.control());
    }
    for (ImageInfo.Argument argument : kernel.arguments()) {
      out.printf(
          "  %-8s %-12s %-7s %d bytes at 0x%02x, %s%n",
          argument.index() == null ? "-" : argument.index(),
          argument.name(),
          argument.pointer() ? "pointer" : "scalar",
          argument.bytes(),
          argument.offset(),
          argument.port());
    }
  }

  private static String contract(ImageInfo info) {
    if (!info.contractStated()) {
      return "not stated";
    }
    ImageMetadata stated = info.metadata() == null ? info.manifest().image() : info.metadata();
    List<ImageMetadata.Kernel> kernels = stated.kernels();
    return kernels.stream()
        .map(kernel -> kernel.contract().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String manifest(ImageManifest manifest) {
    return manifest == null
        ? "none"
        : "matches; source commit %s, tools %s"
            .formatted(manifest.sourceCommit(), manifest.tools());
  }
}
