// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.FileFormatException;
import org.fabriq.io.IoReason;

/** Reads reports of synthesis tools, of whatever kind; the kind is found from the contents. */
public final class ResourceReports {
  private static final int MAX_DEPTH = 16;

  private static final List<ReportFormat> FORMATS =
      List.of(
          new CsynthXml(),
          new HlsTextReport(),
          new HlsSummaryReport(),
          new KernelUtilization(),
          new XclbinInfo(),
          new VivadoUtilization(),
          new VivadoTiming(),
          new YosysStat());

  private static final Pattern CANDIDATE =
      Pattern.compile(".*(?:csynth\\.xml|\\.rpt|\\.xclbin\\.info|\\.json)");

  private ResourceReports() {}

  /**
   * Reads a report, or all in a folder and the folders in it. In a folder, files of other kinds are
   * passed over, a text report yields to the XML of the same function, and a Vivado timing summary
   * joins the utilization report of the same design and folder.
   *
   * @throws FileFormatException if a file is of no known kind or damaged (with the line), or a
   *     folder holds no report
   */
  public static List<ResourceReport> read(Path path) {
    if (!Files.isDirectory(path)) {
      ReportText text = ReportText.read(path);
      return format(text)
          .orElseThrow(
              () ->
                  text.error(
                      1,
                      "'" + ReportText.shortened(text.line(1).strip()) + "'",
                      "the beginning of a report by Vitis HLS (csynth.xml, csynth.rpt), v++"
                          + " (kernel_util, xclbin.info), Vivado (report_utilization,"
                          + " report_timing_summary) or Yosys (stat -json)"))
          .read(text);
    }
    List<ResourceReport> reports = new ArrayList<>();
    List<Path> files = candidates(path);
    for (Path file : files) {
      if (!shadowed(file, files)) {
        ReportText text = ReportText.read(file);
        format(text).ifPresent(format -> reports.addAll(format.read(text)));
      }
    }
    if (reports.isEmpty()) {
      throw new FileFormatException(
          path.toString(),
          "folder",
          files.isEmpty() ? "no report" : "no report among files of other kinds",
          "a *csynth.xml, *.rpt, *.xclbin.info or Yosys *.json",
          "name the folder a synthesis tool wrote its reports to");
    }
    return joined(reports);
  }

  private static Optional<ReportFormat> format(ReportText text) {
    return FORMATS.stream().filter(format -> format.recognizes(text)).findFirst();
  }

  private static List<Path> candidates(Path folder) {
    try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
      return files
          .filter(file -> CANDIDATE.matcher(file.getFileName().toString()).matches())
          .filter(Files::isRegularFile)
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new FileFormatException(
          folder.toString(), "cannot be read: " + IoReason.of(e), "check its rights", e);
    }
  }

  /** FUNCTION_csynth.rpt beside its XML; csynth.xml and csynth.rpt beside a function's XML. */
  private static boolean shadowed(Path file, List<Path> files) {
    String name = file.getFileName().toString();
    if (name.equals("csynth.xml") || name.equals("csynth.rpt")) {
      return files.stream()
          .anyMatch(
              other ->
                  other.getParent().equals(file.getParent())
                      && other.getFileName().toString().endsWith("_csynth.xml"));
    }
    return name.endsWith("_csynth.rpt")
        && files.contains(file.resolveSibling(name.replaceFirst("rpt$", "xml")));
  }

  private static List<ResourceReport> joined(List<ResourceReport> reports) {
    List<ResourceReport> joined = new ArrayList<>();
    List<ResourceReport> timings = new ArrayList<>();
    for (ResourceReport report : reports) {
      (report.kind() == ReportKind.VIVADO_TIMING ? timings : joined).add(report);
    }
    for (ResourceReport timing : timings) {
      int i = 0;
      while (i < joined.size() && !belongs(timing, joined.get(i))) {
        i++;
      }
      if (i < joined.size()) {
        joined.set(i, joined.get(i).withClockOf(timing));
      } else {
        joined.add(timing);
      }
    }
    return List.copyOf(joined);
  }

  private static boolean belongs(ResourceReport timing, ResourceReport utilization) {
    return utilization.kind() == ReportKind.VIVADO_UTILIZATION
        && utilization.clock().isUnknown()
        && utilization.name().equals(timing.name())
        && Path.of(utilization.source())
            .toAbsolutePath()
            .getParent()
            .equals(Path.of(timing.source()).toAbsolutePath().getParent());
  }
}
