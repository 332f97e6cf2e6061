// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.io.StringReader;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.fabriq.FileFormatException;

/**
 * csynth.xml and FUNCTION_csynth.xml of Vivado HLS and Vitis HLS, 2018 to 2024: the elements of
 * {@code profile} up to three levels down; DSP48E became DSP in 2020. Other elements are passed
 * over. Latencies that the tool could not bound are {@code undef}.
 */
final class CsynthXml implements ReportFormat {
  private static final String AREA = "/profile/AreaEstimates";
  private static final String LATENCY = "/profile/PerformanceEstimates/SummaryOfOverallLatency";
  private static final int DEPTH = 5;

  /** An element's text and the line it begins in. */
  private record Value(String text, int line) {}

  @Override
  public boolean recognizes(ReportText text) {
    return text.startsWith("<profile>", 5);
  }

  @Override
  public List<ResourceReport> read(ReportText text) {
    Map<String, Value> values = values(text);
    Value name = required(text, values, "/profile/UserAssignments/TopModelName");
    required(text, values, AREA + "/Resources/LUT");
    return List.of(
        new ResourceReport(
            name.text(),
            ReportKind.CSYNTH_XML,
            ("HLS " + optional(values, "/profile/ReportVersion/Version")).strip(),
            optional(values, "/profile/UserAssignments/Part"),
            counts(text, values, AREA + "/Resources/"),
            counts(text, values, AREA + "/AvailableResources/"),
            new ClockEstimate(
                number(text, values, "/profile/UserAssignments/TargetClockPeriod"),
                number(
                    text,
                    values,
                    "/profile/PerformanceEstimates/SummaryOfTimingAnalysis/EstimatedClockPeriod")),
            new CycleEstimate(
                count(text, values, LATENCY + "/Best-caseLatency"),
                count(text, values, LATENCY + "/Worst-caseLatency"),
                count(text, values, LATENCY + "/Interval-min"),
                count(text, values, LATENCY + "/Interval-max")),
            text.file().toString()));
  }

  private static Map<String, Value> values(ReportText text) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Map<String, Value> values = new HashMap<>();
    StringBuilder path = new StringBuilder();
    int depth = 0;
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text.text()));
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            depth++;
            path.append('/').append(reader.getLocalName());
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            path.setLength(path.length() - reader.getLocalName().length() - 1);
          }
          case XMLStreamConstants.CHARACTERS -> {
            String content = reader.getText().strip();
            if (depth <= DEPTH && !content.isEmpty()) {
              values.putIfAbsent(
                  path.toString(), new Value(content, reader.getLocation().getLineNumber()));
            }
          }
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? text.lineCount() : e.getLocation().getLineNumber();
      boolean cut = line >= text.lineCount();
      FileFormatException error =
          text.error(
              line,
              cut ? "the end of the file inside an element" : "broken XML",
              "the whole of an XML document" + (cut ? "; it is cut short" : ""));
      error.initCause(e);
      throw error;
    }
    return values;
  }

  private static ResourceCounts counts(ReportText text, Map<String, Value> values, String path) {
    Map<Resource, Long> counts = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      OptionalLong count = count(text, values, path + resource);
      if (resource == Resource.DSP && count.isEmpty()) {
        count = count(text, values, path + "DSP48E");
      }
      count.ifPresent(value -> counts.put(resource, value));
    }
    return new ResourceCounts(counts);
  }

  private static OptionalLong count(ReportText text, Map<String, Value> values, String path) {
    OptionalDouble number = number(text, values, path);
    return number.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(ReportText.whole(number.getAsDouble()));
  }

  private static OptionalDouble number(ReportText text, Map<String, Value> values, String path) {
    Value value = values.get(path);
    return value == null ? OptionalDouble.empty() : text.number(value.line(), value.text());
  }

  private static String optional(Map<String, Value> values, String path) {
    Value value = values.get(path);
    return value == null ? "" : value.text();
  }

  private static Value required(ReportText text, Map<String, Value> values, String path) {
    Value value = values.get(path);
    if (value == null) {
      throw text.error(text.lineCount(), "the end", "element " + path + ", as Vitis HLS writes it");
    }
    return value;
  }
}
