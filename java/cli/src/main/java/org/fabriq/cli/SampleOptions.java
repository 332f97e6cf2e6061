// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.AxisOrder;
import org.fabriq.data.ClassLabels;
import org.fabriq.data.DataFiles;
import org.fabriq.data.DataOptions;
import org.fabriq.data.DataSource;
import org.fabriq.data.DrawnDigits;
import org.fabriq.data.Samples;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.SampleShape;
import picocli.CommandLine.Option;

/** Holds the options that choose samples. */
final class SampleOptions {
  private static final int DEFAULT_IMAGES = 10_000;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "The samples come from here: "
              + DataFiles.FORMS
              + ". The content tells the form. The default is digits that FabriQ draws itself.")
  private Path data;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "The labels of --data that holds none are in this file, .npy or IDX. Whole numbers are"
              + " classes; numbers with fractions are values that the network should give.")
  private Path labels;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "This column of a CSV holds the labels: its name in the header, its number from 1, or"
              + " none. The default is the last column, and none where --labels is given.")
  private String labelColumn;

  @Option(
      names = "--normalize",
      paramLabel = "LIST",
      description =
          "The network takes stored values changed so: scale=S, mean=M,std=D or both, as"
              + " scale=1/255,mean=0.5,std=0.5; M and D may be one per channel, as 0.5:0.4:0.3."
              + " The value is scaled first. The default is 1/255 for bytes, as of pictures, and"
              + " no change for other values.")
  private String normalization;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description =
          "Arrays of pictures with channels have their axes in this order: nchw or nhwc. The"
              + " default is nchw.")
  private AxisOrder layout;

  @Option(
      names = "--training-data",
      paramLabel = "PATH",
      description =
          "Ranges are fitted to these samples, in any form of --data. The default is the training"
              + " part of --data, and --data itself where it has no parts.")
  private Path trainingData;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "The first N test samples are taken. The default is all of them, at most 10,000.")
  private Integer images;

  private DataSource source;
  private DataSource trainingSource;
  private List<String> classNames;
  private SampleShape input;
  private int outputs;

  /** Tells whether samples are other than drawn digits. */
  boolean given() {
    return data != null;
  }

  /** Names the data, as in tables. */
  String name() {
    return data == null ? "synthetic digits" : data.toString();
  }

  /**
   * Refuses what is wrong with the samples, before any is drawn or read.
   *
   * @param input the shape of the samples that the model takes
   * @param outputs that it gives
   * @param calibration how many training samples are needed, or null for none
   */
  void check(SampleShape input, int outputs, CalibrationOptions calibration) {
    this.input = input;
    this.outputs = outputs;
    int training = calibration == null ? 1 : calibration.images();
    if (data == null && Math.max(testImages(), training) > SyntheticDigits.MAX_COUNT) {
      throw new InvalidArgumentException(
          "%s %d is over the %d digits that FabriQ draws; choose fewer"
              .formatted(
                  testImages() > SyntheticDigits.MAX_COUNT ? "--images" : "--calibrate",
                  Math.max(testImages(), training),
                  SyntheticDigits.MAX_COUNT));
    }
    source().check(Split.TEST);
    source().shape().ifPresent(this::requireShape);
    if (calibration != null) {
      trainingSource().check(Split.TRAIN);
    }
    testImages();
  }

  private DataSource source() {
    if (source == null) {
      DataOptions options = new DataOptions(labels, labelColumn, normalization, layout);
      requireData(options);
      source = data == null ? new DrawnDigits() : DataFiles.open(data, options);
    }
    return source;
  }

  private void requireData(DataOptions options) {
    if (data == null && (!options.equals(DataOptions.NONE) || trainingData != null)) {
      throw new InvalidArgumentException(
          "--labels, --label-column, --normalize, --layout and --training-data say how --data is"
              + " to be read, and there is none; give --data PATH too");
    }
  }

  private DataSource trainingSource() {
    if (trainingSource == null) {
      trainingSource =
          trainingData == null
              ? source()
              : DataFiles.open(
                  trainingData, new DataOptions(null, labelColumn, normalization, layout));
    }
    return trainingSource;
  }

  private int testImages() {
    if (images != null && images < 1) {
      throw new InvalidArgumentException(
          "--images %d is below 1; leave it out for all".formatted(images));
    }
    return images == null ? DEFAULT_IMAGES : images;
  }

  /** The samples to measure on, after {@link #check}; says what was read. */
  Samples test(Screen screen) {
    Samples samples = read(source(), Split.TEST, testImages(), screen);
    if (images != null && images > samples.count()) {
      throw new InvalidArgumentException(
          "--images %d is over the %d samples in %s; leave it out for all"
              .formatted(images, samples.count(), data));
    }
    announce("data", data, source(), samples, screen);
    return fitting(samples, data, screen);
  }

  /**
   * The first samples to train and to calibrate with, after {@link #check}; says what was read.
   * Where the data is divided, none of them is measured on.
   */
  Samples training(CalibrationOptions calibration, Screen screen) {
    DataSource from = trainingSource();
    Path place = trainingData == null ? data : trainingData;
    Samples samples = read(from, Split.TRAIN, calibration.images(), screen);
    if (calibration.given() && calibration.images() > samples.count()) {
      throw new InvalidArgumentException(
          "--calibrate %d is over the %d training samples in %s; leave it out for all"
              .formatted(calibration.images(), samples.count(), place));
    }
    if (trainingData != null) {
      announce("training", trainingData, from, samples, screen);
    } else if (!from.divided()) {
      screen
          .out()
          .printf(
              "training the first %,d of the same samples, for %s is not divided;"
                  + " --training-data gives others%n",
              samples.count(), data);
    }
    return fitting(samples, place, screen);
  }

  private static Samples read(DataSource from, Split split, int most, Screen screen) {
    try (ReadProgress progress =
        new ReadProgress(from instanceof DrawnDigits ? "digits" : "samples", screen)) {
      return from.read(split, most, progress);
    }
  }

  private static void announce(
      String word, Path place, DataSource from, Samples samples, Screen screen) {
    if (place != null) {
      screen.out().printf("%-8s %s: %s; %s%n", word, place, from.form(), samples);
    }
  }

  /** Refuses samples that do not fit the model; says where labels were taken for another thing. */
  private Samples fitting(Samples stored, Path place, Screen screen) {
    requireShape(stored.shape());
    Samples samples = new Answers(place, outputs).fitting(stored, screen.out());
    ClassLabels classes = samples.labels().orElse(null);
    if (classes != null) {
      requireSameClasses(classes, place);
    }
    return samples;
  }

  /** Refuses samples to train with and to measure with that number their classes differently. */
  private void requireSameClasses(ClassLabels classes, Path place) {
    if (classNames != null && !classNames.equals(classes.names())) {
      throw new InvalidArgumentException(
          "%s has %s, the other data has classes %s; give data of the same classes"
              .formatted(place, classes, classNames));
    }
    classNames = classes.names();
  }

  private void requireShape(int[] shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    List<String> dimensions = Arrays.stream(shape).mapToObj(String::valueOf).toList();
    String all = String.join(" x ", dimensions);
    if (size != input.size()) {
      throw new InvalidArgumentException(
          "samples have %s values%s, the model takes %d inputs; choose fitting --data or --weights"
                  .formatted(all, shape.length > 1 ? ", " + size + " in all" : "", input.size())
              + columnHint(size));
    }
    if (input.isImage() && shape.length > 1 && !Arrays.equals(withChannels(shape), image())) {
      int[] last = {image()[1], image()[2], image()[0]};
      throw new InvalidArgumentException(
          "samples are %s, the model takes images of %s (channels, height, width); %s"
              .formatted(
                  all,
                  input,
                  Arrays.equals(shape, last)
                      ? "say --layout nhwc, which is that of these samples"
                      : "choose fitting --data or --weights"));
    }
  }

  private int[] image() {
    return new int[] {input.channels(), input.height(), input.width()};
  }

  /** A picture of height x width has one channel. */
  private static int[] withChannels(int[] shape) {
    return shape.length == 2 ? new int[] {1, shape[0], shape[1]} : shape;
  }

  /** Says what may be wrong with a CSV that is one value short. */
  private String columnHint(int size) {
    boolean csv = source != null && source.form().startsWith("CSV");
    return csv && size == input.size() - 1 ? ", or say --label-column none" : "";
  }
}
