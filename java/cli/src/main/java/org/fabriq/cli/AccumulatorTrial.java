// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.fabriq.accumulator.Accumulator;
import org.fabriq.accumulator.SumRange;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.Encoding;
import org.fabriq.runtime.AccumulatorDevice;
import org.fabriq.runtime.Device;

/**
 * Runs a network over the test images: with exact sums, which are counted, then with each layer
 * that has wrong ones alone in the accumulator, then with all. Layers without wrong sums give the
 * same alone as exactly.
 */
record AccumulatorTrial(QuantizedScore test, QuantizedResult network, Accumulator accumulator) {
  private static final String TASK = "accumulator";

  /** Runs. */
  AccumulatorReport report() {
    Map<String, AccumulatorDevice> counting = new LinkedHashMap<>();
    try {
      Predictions exact =
          test.predict(
              network,
              TASK,
              layer ->
                  counting
                      .computeIfAbsent(layer, name -> AccumulatorDevice.counting(accumulator))
                      .device());
      counting.values().removeIf(device -> device.weights().isEmpty());
      List<AccumulatorReport.Layer> layers = new ArrayList<>();
      counting.forEach((name, counted) -> layers.add(layer(name, counted, exact)));
      boolean wrong = layers.stream().anyMatch(layer -> layer.count().wrong() > 0);
      AccumulatorReport.Outcome all =
          wrong ? narrowly(counting::containsKey, exact) : outcome(exact, exact);
      return new AccumulatorReport(accumulator, test.score(exact), all, layers);
    } finally {
      counting.values().forEach(AccumulatorDevice::close);
    }
  }

  private AccumulatorReport.Layer layer(String name, AccumulatorDevice counted, Predictions exact) {
    Encoding input = test.target().inputs(network).get(name);
    SumRange possible = counted.possible(input.qmin(), input.qmax());
    List<WeightsI8I8> groups = counted.weights();
    return new AccumulatorReport.Layer(
        name,
        groups.get(0).k(),
        groups.stream().mapToInt(WeightsI8I8::n).sum(),
        counted.count(),
        possible,
        counted.count().wrong() == 0 ? outcome(exact, exact) : narrowly(name::equals, exact));
  }

  /** With the chosen layers in the accumulator, the others on the target's own device. */
  private AccumulatorReport.Outcome narrowly(Predicate<String> chosen, Predictions exact) {
    Device own = test.target().device();
    try (AccumulatorDevice narrow = AccumulatorDevice.narrow(accumulator)) {
      return outcome(
          test.predict(network, TASK, layer -> chosen.test(layer) ? narrow.device() : own), exact);
    }
  }

  private AccumulatorReport.Outcome outcome(Predictions narrow, Predictions exact) {
    return new AccumulatorReport.Outcome(test.score(narrow), test.changed(narrow, exact));
  }
}
