// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.BreakEvenStudy;
import org.fabriq.measure.OffloadModel;
import org.fabriq.resources.LabFigures;
import org.fabriq.resources.ResourceFiles;
import org.fabriq.resources.ResourceReport;

/** A report's data with every part, in the form the commands write. */
final class SampleReport {
  private SampleReport() {}

  static ReportData data() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    StringBuilder variants = new StringBuilder();
    for (String kernel : List.of("f32", "f32f32", "f32i8", "i8i8")) {
      variants.append(
          """
          %s{"name": "%s", "device": "xrt:hw_emu", "scheme": "a<b & \\"c\\"", "accuracy": 0.975,
           "agreement": 1, "mismatches": 0, "latency": {"p50_us": 90}, "cpu": {"p50_us": 30}}
          """
              .formatted(variants.isEmpty() ? "" : ",", kernel));
    }
    JsonNode compare =
        mapper.readTree(
            """
            {"fabriq": "1", "machine": "m", "java": "17", "model": "784-128-64-10", "data": "digits",
             "device": "xrt:hw_emu", "batch": 64, "variants": [%s]}
            """
                .formatted(variants));
    JsonNode sweep =
        mapper.readTree(
            """
            {"rows": [{"wl": 1, "all": {"fl": 1, "accuracy": 0.1}, "layer2": {"fl": 2, "accuracy": 0.9}},
                      {"wl": 2, "all": {"fl": 2, "accuracy": 0.8}, "layer2": {"fl": 2, "accuracy": 0.97}}]}
            """);
    JsonNode latency =
        mapper.readTree(
            """
            {"layers": [{"kernel": "i8i8", "k": 128, "n": 64, "points": [
              {"batch": 64, "noise": [], "sides": [
                {"device": "xrt:hw_emu", "simulated": true, "p50_us": 25000, "kernel_cycles": 1098},
                {"device": "cpu:onednn", "simulated": false, "p50_us": 40, "p95_us": 50, "p99_us": 60,
                 "stages_p50_us": {"quantize": 19, "kernel": 17, "dequantize": 4}},
                {"device": "cpu:java", "simulated": false, "p50_us": 80, "p95_us": 90, "p99_us": 99,
                 "stages_p50_us": {"quantize": 19, "kernel": 57, "dequantize": 4}}]}]}]}
            """);
    OffloadModel model = new OffloadModel(KernelType.I8I8, 60, 1, 100, 512, 74);
    List<ResourceReport> reports = new ArrayList<>();
    LabFigures.load().kernels().forEach(kernel -> reports.add(kernel.report()));
    return new ReportData(
        compare,
        sweep,
        latency,
        new BreakEvenStudy(model, latency, new int[] {784, 128, 64, 10}, 2).json(),
        ResourceFiles.json(reports, Optional.empty()),
        LabFigures.load());
  }
}
