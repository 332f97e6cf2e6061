// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.BreakEvenFiles;
import org.fabriq.measure.BreakEvenStudy;
import org.fabriq.measure.CountedCycles;
import org.fabriq.measure.KernelCycles;
import org.fabriq.measure.NetworkSamples;
import org.fabriq.measure.Noise;
import org.fabriq.measure.OffloadModel;
import org.fabriq.synthesis.FpgaDevice;
import org.fabriq.synthesis.LabFigures;
import org.fabriq.synthesis.ResourceFiles;
import org.fabriq.synthesis.ResourceReport;
import org.fabriq.synthesis.RtlReports;

/** A report's data in the form the commands write. */
final class SampleReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SampleReport() {}

  /** With every part. */
  static ReportData data() throws JsonProcessingException {
    JsonNode cycles =
        MAPPER.readTree(
            """
            {"layers": [{"kernel": "i8i8", "k": 128, "n": 64, "points": [
              {"batch": 1, "noise": [], "sides": [{"device": "xrt:hw_emu?model=rtl",
               "simulated": true, "p50_us": 90000, "kernel_cycles": 114, "clock_mhz": 100}]},
              {"batch": 64, "noise": ["load 9.0"], "sides": [{"device": "xrt:hw_emu?model=rtl",
               "simulated": true, "p50_us": 90000, "kernel_cycles": 1098, "clock_mhz": 100}]}]},
              %s, %s]}
            """
                .formatted(counted(784, 128, 200), counted(64, 10, 8)));
    return data(cycles, "[]", true, false);
  }

  private static String counted(int k, int n, int cycles) {
    return """
    {"kernel": "i8i8", "k": %d, "n": %d, "points": [
     {"batch": 1, "sides": [{"device": "xrt:hw_emu?model=rtl", "kernel_cycles": %d}]},
     {"batch": 64, "sides": [{"device": "xrt:hw_emu?model=rtl", "kernel_cycles": %d}]}]}
    """
        .formatted(k, n, 98 + cycles, 98 + 64 * cycles);
  }

  /** Without cycles and resources of ours, measured on a noisy machine. */
  static ReportData noisyAndIncomplete(boolean onlyQuiet) throws JsonProcessingException {
    return data(MissingNode.getInstance(), "[\"load 9.0 on 2 processors\"]", false, onlyQuiet);
  }

  private static ReportData data(
      JsonNode cycles, String noise, boolean synthesized, boolean onlyQuiet)
      throws JsonProcessingException {
    JsonNode latency = latency(noise, !cycles.isMissingNode());
    OffloadModel model =
        new OffloadModel(
            KernelType.I8I8,
            60,
            1,
            100,
            cycles.isMissingNode()
                ? new KernelCycles.Entered(512, 74)
                : new CountedCycles(cycles, KernelType.I8I8));
    List<ResourceReport> reports = new ArrayList<>();
    if (synthesized) {
      reports.addAll(RtlReports.load());
    }
    LabFigures.load().kernels().forEach(kernel -> reports.add(kernel.report()));
    return new ReportData(
        compare(),
        sweep(),
        latency,
        cycles,
        BreakEvenFiles.json(new BreakEvenStudy(model, latency, new int[] {784, 128, 64, 10}, 2)),
        ResourceFiles.json(reports, Optional.of(FpgaDevice.XC7Z020)),
        List.of(
            NetworkSamples.network(noise.equals("[]") ? Noise.NONE : new Noise(List.of("busy"))),
            NetworkSamples.without()),
        LabFigures.load(),
        onlyQuiet);
  }

  private static JsonNode compare() throws JsonProcessingException {
    StringBuilder variants = new StringBuilder();
    for (String kernel : List.of("f32", "f32f32", "f32i8", "i8i8")) {
      variants.append(
          """
          %s{"name": "%s", "device": "emulation", "scheme": "a<b & \\"c\\"", "accuracy": 0.975,
           "images": 500, "agreement": 1, "mismatches": 0}
          """
              .formatted(variants.isEmpty() ? "" : ",", kernel));
    }
    return MAPPER.readTree(
        """
        {"fabriq": "1", "machine": "m", "java": "17", "model": "784-128-64-10", "placed": "2",
         "data": "synthetic digits", "device": "emulation", "batch": 64, "variants": [%s]}
        """
            .formatted(variants));
  }

  private static JsonNode sweep() throws JsonProcessingException {
    return MAPPER.readTree(
        """
        {"rows": [
          {"wl": 1, "all": {"fl": 1, "accuracy": 0.1}, "layer2": {"fl": 2, "accuracy": 0.9},
           "literal": {"fl": 1, "accuracy": 0.12}},
          {"wl": 2, "all": {"fl": 2, "accuracy": 0.8}, "layer2": {"fl": 2, "accuracy": 0.97},
           "literal": {"fl": 1, "accuracy": 0.7}}],
         "int16": {"inputs": "fixed:8,4", "weights": "fixed:8,7", "accuracy": 0.91,
          "exact_accuracy": 0.975, "sums": 32000, "left": 1200, "wrong": 700, "excess": 5,
          "bits_seen": 17, "bits_possible": 20}}
        """);
  }

  private static JsonNode latency(String noise, boolean network) throws JsonProcessingException {
    String others =
        """
        , {"kernel": "i8i8", "k": 784, "n": 128, "points": [{"batch": 64, "noise": [], "sides": [
            {"device": "cpu:onednn", "p50_us": 300}, {"device": "cpu:java", "p50_us": 900}]}]},
          {"kernel": "i8i8", "k": 64, "n": 10, "points": [{"batch": 64, "noise": [], "sides": [
            {"device": "cpu:onednn", "p50_us": 6}, {"device": "cpu:java", "p50_us": 9}]}]}
        """;
    return MAPPER.readTree(
        """
        {"layers": [{"kernel": "i8i8", "k": 128, "n": 64, "points": [
          {"batch": 64, "noise": %s, "sides": [
            {"device": "emulation", "simulated": true, "p50_us": 25000},
            {"device": "cpu:onednn", "simulated": false, "p50_us": 40, "p95_us": 50, "p99_us": 60,
             "samples": 500, "spread": 0.07,
             "stages_p50_us": {"quantize": 19, "kernel": 17, "dequantize": 4}},
            {"device": "cpu:java", "simulated": false, "p50_us": 80, "p95_us": 90, "p99_us": 99,
             "stages_p50_us": {"quantize": 19, "kernel": 57, "dequantize": 4}}]}]}%s]}
        """
            .formatted(noise, network ? others : ""));
  }
}
