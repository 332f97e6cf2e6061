// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.function.Function;
import org.fabriq.ptq.LayerReport;
import org.fabriq.runtime.Device;

/** Scores the quantized forms of one network on test samples, beside fp32. */
final class QuantizedScore {
  private final Target target;
  private final TestSet images;
  private final Predictions fp32;
  private final Screen screen;

  /** Prepares; runs fp32 over the test samples. */
  QuantizedScore(Target target, TestSet images, Screen screen) {
    this(target, images, fp32(target, images, screen), screen);
  }

  /**
   * Prepares.
   *
   * @param fp32 what fp32 gives for the test samples
   * @param screen for bars
   */
  QuantizedScore(Target target, TestSet images, Predictions fp32, Screen screen) {
    this.target = target;
    this.images = images;
    this.fp32 = fp32;
    this.screen = screen;
  }

  /** What fp32 gives for the test samples. */
  static Predictions fp32(Target target, TestSet images, Screen screen) {
    try (Progress progress = screen.progress("fp32 images", images.count())) {
      return images.predict(target.network()::forward, progress::stepTo);
    }
  }

  Target target() {
    return target;
  }

  /** Counts the test samples. */
  int count() {
    return images.count();
  }

  /** Scores fp32 itself. */
  Score fp32() {
    return images.score(fp32, fp32);
  }

  /** Runs the kernels over the test samples. */
  Score score(QuantizedResult network) {
    return score(predict(network, "images", layer -> target.device()));
  }

  /**
   * Gives what the kernels give for the test samples.
   *
   * @param task of the bar
   * @param place the device for the name of a layer
   */
  Predictions predict(QuantizedResult network, String task, Function<String, Device> place) {
    try (Progress progress = screen.progress(task, images.count())) {
      return target.predict(network, images, place, progress::stepTo);
    }
  }

  /** Scores predictions beside labels and fp32. */
  Score score(Predictions predictions) {
    return images.score(predictions, fp32);
  }

  /** Counts the samples that another run gives another class, or other outputs if they are none. */
  int changed(Predictions predictions, Predictions before) {
    return images.classes(predictions)
        ? images.count() - predictions.agreeing(before)
        : predictions.differing(before);
  }

  /** What quantization does to each layer, over the test images. */
  List<LayerReport> layers(QuantizedResult network) {
    try (Progress progress = screen.progress("layers", images.count())) {
      return LayerReport.of(
          network.exact(), network.network(), target.inputs(network), images.all(progress::stepTo));
    }
  }
}
