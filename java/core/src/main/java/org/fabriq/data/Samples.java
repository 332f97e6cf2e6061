// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Holds samples of one shape, with a class each, with values that a network should give, or with
 * neither. Values are normalized when they are asked for, so that pixels stay bytes until then.
 *
 * <p>Arrays and tensors are taken over, not copied: whoever hands them in must not change them.
 * Then any number of threads may use the samples.
 */
public final class Samples {
  private final SampleValues values;
  private final int[] shape;
  private final Normalization normalization;
  private final ClassLabels labels;
  private final Float32Tensor targets;
  private final List<String> names;

  private Samples(
      SampleValues values,
      int[] shape,
      Normalization normalization,
      ClassLabels labels,
      Float32Tensor targets,
      List<String> names) {
    this.values = values;
    this.shape = shape;
    this.normalization = normalization;
    this.labels = labels;
    this.targets = targets;
    this.names = names;
    requireAll(labels == null ? count() : labels.indices().length, "labels");
    requireAll(targets == null ? count() : targets.rows(), "targets");
    requireAll(names.isEmpty() ? count() : names.size(), "names");
  }

  private void requireAll(int found, String what) {
    if (found != count()) {
      throw new ShapeException(
          "%,d %s for %,d samples; give one for each sample, in the same order"
              .formatted(found, what, count()));
    }
  }

  /**
   * Takes samples without labels.
   *
   * @param values axis 0 is the samples
   */
  public static Samples of(Float32Tensor values) {
    int[] sample = sampleShape(values.shape());
    Float32Tensor matrix = values.reshape(values.dimension(0), values.size() / values.dimension(0));
    return new Samples(
        new FloatValues(matrix, Normalization.NONE, 1),
        sample,
        Normalization.NONE,
        null,
        null,
        List.of());
  }

  private static int[] sampleShape(int[] shape) {
    if (shape.length == 0) {
      throw new ShapeException("a single value is no samples; give an axis of samples");
    }
    return shape.length == 1 ? new int[] {1} : Arrays.copyOfRange(shape, 1, shape.length);
  }

  /**
   * Takes samples without labels whose values are unsigned bytes, and normalizes them to 0..1.
   *
   * @param pixels sample by sample
   * @param sample the dimensions of one, each at least 1, as rows and columns
   * @throws ShapeException if the pixels are not those of one sample or more
   */
  public static Samples ofPixels(byte[] pixels, int... sample) {
    long size = 1;
    for (int dimension : sample) {
      size = dimension < 1 ? Long.MAX_VALUE : Math.min(size * dimension, Integer.MAX_VALUE + 1L);
    }
    if (pixels.length == 0 || pixels.length % size != 0) {
      throw new ShapeException(
          "%,d pixels for samples of %s; give those of at least one whole sample"
              .formatted(pixels.length, text(sample)));
    }
    int count = (int) (pixels.length / size);
    return new Samples(
            ByteValues.of(pixels, count, (int) size),
            sample.clone(),
            Normalization.NONE,
            null,
            null,
            List.of())
        .normalized(Normalization.PIXELS);
  }

  /**
   * Gives each sample a class, instead of what it had.
   *
   * @throws ShapeException if there are not as many
   */
  public Samples withLabels(ClassLabels classes) {
    return new Samples(values, shape, normalization, classes, null, names);
  }

  /** Gives each sample a class without a name. */
  public Samples withLabels(int... classes) {
    return withLabels(ClassLabels.of(classes));
  }

  /**
   * Gives each sample values that a network should give, instead of what it had.
   *
   * @param wanted a row per sample
   * @throws ShapeException if there are not as many
   */
  public Samples withTargets(Float32Tensor wanted) {
    return new Samples(values, shape, normalization, null, wanted, names);
  }

  /** Gives each sample a name, as that of its file. */
  public Samples withNames(List<String> samples) {
    return new Samples(values, shape, normalization, labels, targets, List.copyOf(samples));
  }

  /**
   * Normalizes the same stored values in another way.
   *
   * @throws org.fabriq.InvalidArgumentException if it is for another number of channels
   */
  public Samples normalized(Normalization other) {
    other.requireChannels(channels());
    return new Samples(values.normalized(other, channels()), shape, other, labels, targets, names);
  }

  /** Says what becomes of the stored values. */
  public Normalization normalization() {
    return normalization;
  }

  /** Counts the samples. */
  public int count() {
    return values.count();
  }

  /** Copies the dimensions of a sample: values; rows and columns; or channels before those. */
  public int[] shape() {
    return shape.clone();
  }

  /** Counts the values of a sample. */
  public int size() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** Gives the first dimension, but 1 for rows and columns alone. */
  public int channels() {
    return shape.length == 2 ? 1 : shape[0];
  }

  /** Tells whether values are pixels: bytes u as u / 255. */
  public boolean arePixels() {
    return values instanceof ByteValues && normalization.equals(Normalization.PIXELS);
  }

  /** Tells whether each sample has a class. */
  public boolean labelled() {
    return labels != null;
  }

  /** Gives the classes, where there are any. */
  public Optional<ClassLabels> labels() {
    return Optional.ofNullable(labels);
  }

  /** Gives the values that a network should give, a row per sample, where there are any. */
  public Optional<Float32Tensor> targets() {
    return Optional.ofNullable(targets);
  }

  /** Gives the names of the samples; empty where they have none. */
  public List<String> names() {
    return names;
  }

  /** Gives the class of sample {@code i} of samples that are {@link #labelled()}, from 0. */
  public int label(int i) {
    return labels.indices()[i];
  }

  /** Copies the normalized values of sample {@code i} to {@code into}, from {@code at} on. */
  public void input(int i, float[] into, int at) {
    Objects.checkIndex(i, count());
    values.copy(i, into, at);
  }

  /**
   * Gives the samples {@code from} (included) to {@code to} (excluded) as inputs, a row each.
   *
   * @throws IndexOutOfBoundsException if the range is not within the samples
   */
  public Float32Tensor inputs(int from, int to) {
    Objects.checkFromToIndex(from, to, count());
    Float32Tensor inputs = Float32Tensor.allocate(to - from, size());
    inputs(from, inputs);
    return inputs;
  }

  /**
   * Writes the samples from {@code from} on to a matrix that exists, as many as it has rows.
   *
   * @param into M x {@link #size()}, overwritten
   * @throws IndexOutOfBoundsException if the range is not within the samples
   * @throws ShapeException if its columns are not the values of a sample
   */
  public void inputs(int from, Float32Tensor into) {
    Objects.checkFromIndexSize(from, into.rows(), count());
    if (into.columns() != size()) {
      throw new ShapeException(
          "samples of %s values do not fit %s; give it %d columns"
              .formatted(text(shape), into, size()));
    }
    float[] row = new float[size()];
    for (int m = 0; m < into.rows(); m++) {
      input(from + m, row, 0);
      into.floats().put(m * row.length, row);
    }
  }

  /**
   * Gives all samples as network inputs, in batches of at most so many; each is made when it is
   * asked for.
   *
   * @param size at least 1
   */
  public Iterable<Float32Tensor> batches(int size) {
    int count = (count() + size - 1) / size;
    return () ->
        IntStream.range(0, count)
            .mapToObj(i -> inputs(i * size, Math.min(count(), (i + 1) * size)))
            .iterator();
  }

  /** Takes the first {@code n} samples, or all when there are fewer. */
  public Samples head(int n) {
    return range(0, Math.min(n, count()));
  }

  /**
   * Takes the samples {@code from} (included) to {@code to} (excluded); values are shared.
   *
   * @throws IndexOutOfBoundsException if the range is not within the samples
   * @throws ShapeException if it is empty
   */
  public Samples range(int from, int to) {
    Objects.checkFromToIndex(from, to, count());
    if (from == to) {
      throw new ShapeException("0 samples; give at least one");
    }
    return new Samples(
        values.range(from, to),
        shape,
        normalization,
        labels == null ? null : labels.range(from, to),
        targets == null ? null : targets.rows(from, to),
        names.isEmpty() ? names : names.subList(from, to));
  }

  /** Gives the shape as text, {@code 3 x 32 x 32}. */
  public String shapeText() {
    return text(shape);
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }

  /** What there is, as {@code 150 samples of 4, 3 classes (setosa, versicolor, virginica)}. */
  @Override
  public String toString() {
    String answers =
        labels != null
            ? labels.toString()
            : targets == null
                ? "no labels"
                : "%d target%s each"
                    .formatted(targets.columns(), targets.columns() == 1 ? "" : "s");
    String normalized = normalization.toString();
    return "%,d sample%s of %s, %s%s"
        .formatted(
            count(),
            count() == 1 ? "" : "s",
            shapeText(),
            answers,
            normalized.isEmpty() ? "" : ", " + normalized);
  }
}
