// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.function.Function;
import org.fabriq.runtime.Device;
import org.fabriq.toolkit.LayerReport;

/** How well the quantized forms of one network classify test images, beside fp32. */
final class QuantizedScore {
  private final Target target;
  private final TestSet images;
  private final int[] fp32;
  private final Screen screen;

  /** Prepares; classifies the test images in fp32. */
  QuantizedScore(Target target, TestSet images, Screen screen) {
    this(target, images, fp32(target, images, screen), screen);
  }

  /**
   * Prepares.
   *
   * @param fp32 the classes of the test images in fp32
   * @param screen for bars
   */
  QuantizedScore(Target target, TestSet images, int[] fp32, Screen screen) {
    this.target = target;
    this.images = images;
    this.fp32 = fp32;
    this.screen = screen;
  }

  /** The classes of the test images in fp32. */
  static int[] fp32(Target target, TestSet images, Screen screen) {
    try (Progress progress = screen.progress("fp32 images", images.count())) {
      return images.predict(target.network()::forward, progress::stepTo);
    }
  }

  Target target() {
    return target;
  }

  /** Number of test images. */
  int count() {
    return images.count();
  }

  /** The share of test images that fp32 gets right. */
  double accuracy() {
    return (double) images.correct(fp32) / images.count();
  }

  /** Classifies the test images by the kernels. */
  Score score(QuantizedResult network) {
    return score(classes(network, "images", layer -> target.device()));
  }

  /**
   * The classes of the test images by the kernels.
   *
   * @param task of the bar
   * @param place the device for the name of a layer
   */
  int[] classes(QuantizedResult network, String task, Function<String, Device> place) {
    try (Progress progress = screen.progress(task, images.count())) {
      return target.predict(network, images, place, progress::stepTo);
    }
  }

  /** How classes compare with labels and fp32. */
  Score score(int[] classes) {
    return new Score(images.count(), images.correct(classes), TestSet.agreeing(classes, fp32));
  }

  /** What quantization does to each layer, over the test images. */
  List<LayerReport> layers(QuantizedResult network) {
    try (Progress progress = screen.progress("layers", images.count())) {
      return LayerReport.of(
          network.exact(), network.network(), target.inputs(network), images.all(progress::stepTo));
    }
  }
}
