// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fabriq.data.Samples;
import org.fabriq.tensor.Float32Tensor;

/**
 * Cuts test samples into batches of the network's inputs. Inputs are made of stored values batch by
 * batch, since those of 10,000 images take 30 MiB. For use by one thread.
 */
final class TestSet {
  /** Samples of a batch where speed is not measured. */
  static final int BATCH = 500;

  private final Samples samples;
  private final Float32Tensor inputs;

  /** Prepares; the values of a sample are as many as the network takes. */
  TestSet(Samples samples, int batch) {
    this.samples = samples;
    this.inputs = Float32Tensor.allocate(Math.min(batch, samples.count()), samples.size());
  }

  /** What one of them is to people: a row of a table is no image. */
  String noun() {
    return samples.shape().length > 1 ? "image" : "sample";
  }

  Samples samples() {
    return samples;
  }

  int count() {
    return samples.count();
  }

  /** Rows of a batch; the last one may have fewer. */
  int batch() {
    return inputs.rows();
  }

  int batches() {
    return (count() + batch() - 1) / batch();
  }

  /** Inputs of batch {@code i}; the next call overwrites them. */
  Float32Tensor batch(int i) {
    int rows = Math.min(batch(), count() - i * batch());
    Float32Tensor part = rows == batch() ? inputs : inputs.rows(0, rows);
    samples.inputs(i * batch(), part);
    return part;
  }

  /**
   * The inputs of all batches, each made when it is asked for; {@code progress} is told the samples
   * given before each.
   */
  Iterable<Float32Tensor> all(IntConsumer progress) {
    return () ->
        IntStream.range(0, batches())
            .peek(i -> progress.accept(i * batch()))
            .mapToObj(i -> samples.inputs(i * batch(), Math.min(count(), (i + 1) * batch())))
            .iterator();
  }

  /** The inputs of the first batches that are full, all at hand. */
  List<Float32Tensor> full(int most) {
    return IntStream.range(0, Math.min(most, count() / batch()))
        .mapToObj(i -> samples.inputs(i * batch(), (i + 1) * batch()))
        .toList();
  }

  /**
   * Gives the outputs for each sample.
   *
   * @param network gives a row of outputs for each row of inputs
   * @param progress told the samples done
   */
  Predictions predict(UnaryOperator<Float32Tensor> network, IntConsumer progress) {
    Float32Tensor all = null;
    for (int i = 0; i < batches(); i++) {
      int from = i * batch();
      int rows = Math.min(batch(), count() - from);
      Float32Tensor outputs = network.apply(batch(i));
      int columns = outputs.size() / rows;
      all = all == null ? Float32Tensor.allocate(count(), columns) : all;
      all.rows(from, from + rows).copyFrom(outputs.reshape(rows, columns));
      progress.accept(from + rows);
    }
    return new Predictions(all);
  }

  /** Tells whether outputs are classes: not values to be given, and more than one. */
  boolean classes(Predictions predictions) {
    return samples.targets().isEmpty() && predictions.outputs().columns() > 1;
  }

  /** Scores predictions, beside those of fp32. */
  Score score(Predictions predictions, Predictions fp32) {
    return new Score(
        count(),
        samples.labelled() ? (Integer) correct(predictions) : null,
        classes(predictions) ? (Integer) predictions.agreeing(fp32) : null,
        predictions.sqnr(fp32.outputs()),
        samples.targets().map(predictions::rmsError).orElse(null));
  }

  /** Scores predictions where there are none of fp32 to set them beside. */
  Score score(Predictions predictions) {
    return new Score(
        count(),
        samples.labelled() ? (Integer) correct(predictions) : null,
        null,
        Double.NaN,
        samples.targets().map(predictions::rmsError).orElse(null));
  }

  /** Counts the classes that are the label. */
  int correct(Predictions predictions) {
    int correct = 0;
    for (int i = 0; i < predictions.count(); i++) {
      correct += predictions.classOf(i) == samples.label(i) ? 1 : 0;
    }
    return correct;
  }
}
