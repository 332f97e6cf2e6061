// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.LabelledImages;
import org.fabriq.model.Argmax;
import org.fabriq.tensor.Float32Tensor;

/**
 * Test images as the network's inputs, cut into batches. Inputs are made of the pixels batch by
 * batch, since those of 10,000 images take 30 MiB. For use by one thread.
 */
final class TestSet {
  /** Images of a batch where speed is not measured. */
  static final int BATCH = 500;

  private final LabelledImages images;
  private final Float32Tensor inputs;

  /**
   * Prepares.
   *
   * @param inputs the values a network takes for an image
   */
  TestSet(LabelledImages images, int inputs, int batch) {
    requirePixels(images.rows(), images.columns(), inputs);
    this.images = images;
    this.inputs = Float32Tensor.allocate(Math.min(batch, images.count()), inputs);
  }

  /** Refuses images of another size than the inputs of a model. */
  static void requirePixels(int rows, int columns, int inputs) {
    if (rows * columns != inputs) {
      throw new InvalidArgumentException(
          ("images have %d x %d pixels, the model takes %d inputs; choose fitting --data or"
                  + " --weights")
              .formatted(rows, columns, inputs));
    }
  }

  int count() {
    return images.count();
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
    images.inputs(i * batch(), part);
    return part;
  }

  /**
   * The inputs of all batches, each made when it is asked for; {@code progress} is told the images
   * given before each.
   */
  Iterable<Float32Tensor> all(IntConsumer progress) {
    return () ->
        IntStream.range(0, batches())
            .peek(i -> progress.accept(i * batch()))
            .mapToObj(i -> images.inputs(i * batch(), Math.min(count(), (i + 1) * batch())))
            .iterator();
  }

  /** The inputs of the first batches that are full, all at hand. */
  List<Float32Tensor> full(int most) {
    return IntStream.range(0, Math.min(most, count() / batch()))
        .mapToObj(i -> images.inputs(i * batch(), (i + 1) * batch()))
        .toList();
  }

  /**
   * The arg max of each image.
   *
   * @param network gives a row of logits for each row of inputs
   * @param progress told the images done
   */
  int[] predict(UnaryOperator<Float32Tensor> network, IntConsumer progress) {
    int[] predictions = new int[count()];
    for (int i = 0; i < batches(); i++) {
      Float32Tensor logits = network.apply(batch(i));
      for (int row = 0; row < logits.rows(); row++) {
        predictions[i * batch() + row] = Argmax.of(logits, row);
      }
      progress.accept(i * batch() + logits.rows());
    }
    return predictions;
  }

  /** How many predictions are the label. */
  int correct(int[] predictions) {
    int correct = 0;
    for (int i = 0; i < predictions.length; i++) {
      correct += predictions[i] == images.label(i) ? 1 : 0;
    }
    return correct;
  }

  /** How many predictions of two runs are the same. */
  static int agreeing(int[] predictions, int[] baseline) {
    int agreeing = 0;
    for (int i = 0; i < predictions.length; i++) {
      agreeing += predictions[i] == baseline[i] ? 1 : 0;
    }
    return agreeing;
  }
}
