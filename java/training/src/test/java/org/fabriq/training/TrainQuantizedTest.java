// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.files.ModelFiles;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.Calibration;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.Node;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.SoftmaxLayer;
import org.fabriq.model.Window;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.Launch;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodebookTensor;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.NearestWeights;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainQuantizedTest {
  @TempDir static Path folder;

  private static final Samples TEST = SyntheticDigits.generate(99, 2_000);

  private static Path out;
  private static String log;

  @BeforeAll
  static void trainShortly() {
    out = folder.resolve("w2.npz");
    log = train(out, "--seed 5");
  }

  private static String train(Path out, String options) {
    return TrainingRun.done(
        TrainQuantized.commandLine(),
        "--epochs 1 --train-images 3000 --test-images 500 --out %s %s".formatted(out, options));
  }

  private static QuantizedNetwork read(Path file) {
    return (QuantizedNetwork) ModelFiles.open(file, null);
  }

  /** What weights on their nearest codes reach. */
  private static double untrained(Network network, String scheme) {
    return Accuracy.percent(
        QuantizedNetwork.of(
                network,
                NearestWeights.quantize(network, QuantizerSpec.parseWeights(scheme)),
                Map.of())
            .network(),
        TEST);
  }

  @Test
  void twoBitsGetBetterThanWithoutTraining() {
    double before = untrained(ShippedModel.DIGITS.network(), "symmetric:2,mse");
    QuantizedNetwork trained = read(out);
    trained.weights().values().forEach(codes -> assertThat(codes.bits()).isEqualTo(2));
    assertThat(Accuracy.percent(trained.network(), TEST)).isGreaterThan(before + 1);
    assertThat(FormAccuracy.percent(trained, Arithmetic.I8I8, TEST)).isGreaterThan(before + 1);
  }

  @Test
  void codebooksGetBetterThanWithoutTraining() {
    Path file = folder.resolve("k2.npz");
    assertThat(train(file, "--scheme codebook:2")).contains("weights codebook:2 as f32f32");
    QuantizedNetwork trained = read(file);
    trained
        .weights()
        .values()
        .forEach(
            codes -> {
              assertThat(codes).isInstanceOf(CodebookTensor.class);
              assertThat(codes.bits()).isEqualTo(2);
            });
    double before = untrained(ShippedModel.DIGITS.network(), "codebook:2");
    assertThat(Accuracy.percent(trained.network(), TEST)).isGreaterThan(before + 1);
  }

  @Test
  void activationsOfFewBitsGetBetterWithZeroPointsLearned() {
    Path file = folder.resolve("a3.npz");
    String all = "--scheme symmetric:8 --activations affine:3 --learn-zero-points";
    assertThat(train(file, all)).contains("affine:3, zero points learned");
    QuantizedNetwork trained = read(file);
    Network start = ShippedModel.DIGITS.network();
    Samples images = SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, 1_000);
    QuantizedNetwork before =
        QuantizedNetwork.of(
                start, NearestWeights.quantize(start, QuantizerSpec.parse("symmetric:8")), Map.of())
            .with(Calibration.of(start, images.batches(500), QuantizerSpec.parse("affine:3")));
    assertThat(FormAccuracy.percent(trained, Arithmetic.I8I8, TEST))
        .isGreaterThan(FormAccuracy.percent(before, Arithmetic.I8I8, TEST));
    assertThat(trained.encodings().values())
        .anySatisfy(encoding -> assertThat(encoding.bits()).isEqualTo(3));
  }

  @Test
  void convolutionsWithBranchesLearnInIntegers() {
    Path start = folder.resolve("branches.npz");
    Network network = branches();
    network.write(start);
    Path file = folder.resolve("branches-w4.npz");
    String form =
        "--weights %s --scheme per-channel:4 --activations affine:8 --form integer --batch 10";
    assertThat(train(file, form.formatted(start))).contains("as integer").contains("epoch 1");
    IntegerNetwork integers = (IntegerNetwork) ModelFiles.open(file, null);
    assertThat(integers.inputCodes()).isEqualTo(IntegerNetwork.PIXELS);
    try (Device reference = Device.open("reference");
        NetworkPlan plan =
            NetworkPlan.of(integers, layer -> reference, Accuracy.BATCH, Launch.LAYER)) {
      double accuracy = Accuracy.percent(plan::run, TEST);
      assertThat(accuracy).isGreaterThan(60);
      assertThat(Accuracy.percent(network, TEST)).isLessThan(30);
    }
  }

  /** Random weights: two convolutions whose sum goes to a dense layer, and a softmax. */
  private static Network branches() {
    RandomNetwork random = new RandomNetwork(Seed.random("TrainQuantizedTest"));
    List<Node<Layer>> nodes =
        List.of(
            Node.of(random.conv("conv1", 1, 6, 1, Window.square(3, 2, 1), false), "input"),
            Node.of(random.norm("bn1", 6), "conv1"),
            Node.of(new ActivationLayer("relu1", Activation.RELU), "bn1"),
            Node.of(random.conv("wise", 6, 6, 6, Window.square(3, 1, 1), true), "relu1"),
            Node.of(new AddLayer("sum"), "wise", "relu1"),
            Node.of(new ActivationLayer("relu2", Activation.RELU), "sum"),
            Node.of(new MaxPoolLayer("pool", Window.square(2, 2, 0)), "relu2"),
            Node.of(new FlattenLayer("flat"), "pool"),
            Node.of(dense(random), "flat"),
            Node.of(new SoftmaxLayer("softmax", false), "fc"));
    return new Network(SampleShape.image(1, 28, 28), new LayerGraph<>(nodes));
  }

  private static DenseLayer dense(RandomNetwork random) {
    Float32Tensor weight = random.tensor(10, 6 * 7 * 7);
    for (int i = 0; i < weight.size(); i++) {
      weight.set(i, weight.get(i) / 16);
    }
    return new DenseLayer("fc", weight, new float[10]);
  }

  @Test
  void progressNamesSchemesEpochsAndBothAccuracies() {
    assertThat(log.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("3,000 training images, 500 test images, seed 5"),
            line ->
                assertThat(line)
                    .contains("weights symmetric:2,mse as i8i8, activations symmetric:8: fp32"),
            line -> assertThat(line).matches("epoch 1: loss \\d\\.\\d{4}, test accuracy .* %"),
            line -> assertThat(line).contains("codes of weights alone").endsWith("% as i8i8"));
  }

  @Test
  void oneSeedGivesTheSameFilesAgain() {
    Path again = folder.resolve("again.npz");
    train(again, "--seed 5");
    assertThat(again).hasSameBinaryContentAs(out);
    assertThat(json(again)).hasSameBinaryContentAs(json(out));
  }

  private static Path json(Path npz) {
    return npz.resolveSibling(npz.getFileName().toString().replace(".npz", ".json"));
  }

  @Test
  void weightsThatDoNotFitTheImagesAreRefused() {
    Path small = folder.resolve("small.npz");
    NpzFile.write(small, Map.of("fc1w", Float32Tensor.allocate(10, 100)));
    TrainingRun.refused(
        TrainQuantized.commandLine(),
        "--train-images 10 --test-images 10 --out %s --activation tanh --weights %s"
            .formatted(folder.resolve("n.npz"), small),
        "for images of 28 x 28 pixels");
    TrainingRun.refused(
        TrainQuantized.commandLine(),
        "--train-images 10 --test-images 10 --out %s --weights %s"
            .formatted(folder.resolve("n.npz"), out),
        "is quantized already");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scheme symmetric:16 | 16 bits",
        "--scheme codebook:9 | 9 bits",
        "--scheme codebook:2 --form i8i8 | weights of a codebook run as f32f32",
        "--form f32f32 | weights of a codebook run as f32f32",
        "--form f32i8 --learn-zero-points | whose activations have no codes",
        "--form int8 | 'int8' is no arithmetic; there are f32, f32f32, f32i8, i8i8, integer",
        "--form f32 | --form f32 has no codes",
        "--activations symmetric:1 | 1 bit",
        "--activations per-channel:8 | activations have one",
        "--activations affine:8,unsigned | 8 bits, unsigned",
        "--out /no/such/folder/p.npz | --out: folder /no/such/folder does not exist",
        "--held-out 60000 | --held-out 60000 is outside 0..",
        "--weights /no/such/file.npz | /no/such/file.npz",
        "--activation gelu | 'gelu' is no activation function",
        "--epochs 0 | epochs 0 is outside"
      })
  void wrongInputIsOneLineAndExitCodeTwo(String options, String message) {
    String own = options.startsWith("--out") ? "" : "--out " + folder.resolve("n.npz");
    TrainingRun.refused(
        TrainQuantized.commandLine(),
        ("--train-images 100 --test-images 10 " + own + " " + options).replace("  ", " "),
        message);
  }
}
