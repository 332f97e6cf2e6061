// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Says how a network did on test samples.
 *
 * @param images number of samples
 * @param correct samples whose class is their label; null without labels
 * @param agreeing samples whose class is that of fp32; null where outputs are no classes
 * @param sqnr signal to noise of the outputs in dB, fp32 the signal; infinite where they are equal,
 *     NaN where there is no fp32
 * @param rmsError of the outputs to the values that were to be given; null without those
 */
record Score(int images, Integer correct, Integer agreeing, double sqnr, Double rmsError) {
  /** Gives the share of right classes, where there are labels. */
  double accuracy() {
    return (double) correct / images;
  }

  /** Gives the share of classes that are those of fp32, where outputs are classes. */
  double agreement() {
    return (double) agreeing / images;
  }

  boolean labelled() {
    return correct != null;
  }

  /** What {@link #quality} is: accuracy, or SQNR where there are no labels. */
  String qualityName() {
    return labelled() ? "accuracy" : "SQNR";
  }

  /** Gives the accuracy in percent, or the SQNR in dB where there are no labels. */
  String quality() {
    return labelled() ? percent(accuracy()) : decibels();
  }

  /** Says by how many points it is better than fp32; nothing without labels. */
  String gain(Score fp32) {
    return labelled()
        ? String.format(Locale.ROOT, "%+.2f", 100 * (accuracy() - fp32.accuracy()))
        : "-";
  }

  /** Gives what the better of two has more of: accuracy, or SQNR where there are no labels. */
  double merit() {
    return labelled() ? accuracy() : sqnr;
  }

  String agreementText() {
    return agreeing == null ? "-" : percent(agreement());
  }

  private String decibels() {
    if (Double.isNaN(sqnr)) {
      return "-";
    }
    return Double.isInfinite(sqnr) ? "exact" : String.format(Locale.ROOT, "%.2f dB", sqnr);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  /** Writes accuracy, agreement and sqnr_db, null where there is none, and rms_error. */
  void writeTo(ObjectNode node) {
    node.put("accuracy", labelled() ? (Double) accuracy() : null);
    node.put("agreement", agreeing == null ? null : (Double) agreement());
    node.put("sqnr_db", Double.isFinite(sqnr) ? (Double) sqnr : null);
    if (rmsError != null) {
      node.put("rms_error", rmsError);
    }
  }
}
