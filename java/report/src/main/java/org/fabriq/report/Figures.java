// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.ArrayList;
import java.util.List;

/** The report's charts. */
final class Figures {
  private Figures() {}

  static List<Figure> of(ReportData data) {
    String noisy = data.latencies().noisy() ? " Measured on a noisy machine." : "";
    KernelBars kernels = new KernelBars(data, new LabTimes(data));
    List<Figure> figures = new ArrayList<>();
    figures.add(kernels.cyclesFigure());
    figures.add(kernels.timesFigure(noisy));
    figures.add(new AccuracyByWordLength(data.sweep(), data.lab()).figure());
    figures.add(new LatencySplit(data.latencies().splitPoint()).figure(noisy));
    figures.addAll(new BreakEvenCurves(data.breakEven().path("studies")).figures(noisy));
    figures.add(new ResourceShares(data.resources()).figure());
    return figures;
  }
}
