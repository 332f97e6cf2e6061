// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.measure.NetworkBreakEven;

/** The report's charts. */
final class Figures {
  private Figures() {}

  static List<Figure> of(ReportData data) {
    KernelBars kernels = new KernelBars(data, new LabTimes(data));
    List<Figure> figures = new ArrayList<>();
    figures.add(kernels.cyclesFigure());
    figures.add(kernels.timesFigure());
    figures.add(new AccuracyByWordLength(data.sweep(), data.lab()).figure());
    LatencySplit split = new LatencySplit(data.latencies().splitPoint());
    if (split.noise().shown(data.onlyQuiet())) {
      figures.add(split.figure());
    }
    figures.addAll(
        new BreakEvenCurves(data.breakEven().path("studies"), data.onlyQuiet()).figures());
    List<NetworkBreakEven> networks = data.networkStudies();
    if (!networks.isEmpty()) {
      figures.add(new NetworkBars(networks, data.onlyQuiet()).figure());
    }
    figures.add(new ResourceShares(data.resources()).figure());
    return figures;
  }
}
