// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import static org.fabriq.importers.tflite.Draft.of;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;

/** Small models, one for each operator that is imported, and some of several. */
final class SmallModels {
  private static final byte NONE = ActivationFunctionType.NONE;
  private static final byte RELU = ActivationFunctionType.RELU;

  private SmallModels() {}

  /** All of them by name; the same seed gives the same bytes. */
  static Map<String, byte[]> all(boolean int8, SplittableRandom random) {
    Map<String, BiFunction<Draft, Integer, Integer>> images = new LinkedHashMap<>();
    images.put("conv SAME stride 2, ReLU", (d, x) -> conv(d, x, 5, 3, 2, 1, Padding.SAME, RELU));
    images.put("conv VALID", (d, x) -> conv(d, x, 4, 2, 1, 1, Padding.VALID, NONE));
    images.put(
        "conv dilated, ReLU6",
        (d, x) -> conv(d, x, 3, 3, 1, 2, Padding.SAME, ActivationFunctionType.RELU6));
    images.put("depthwise, multiplier 2", (d, x) -> depthwise(d, x, 2, 1));
    images.put("depthwise, stride 2", (d, x) -> depthwise(d, x, 1, 2));
    images.put("max pool SAME", (d, x) -> pool(d, x, BuiltinOperator.MAX_POOL_2D, Padding.SAME));
    images.put(
        "average pool SAME", (d, x) -> pool(d, x, BuiltinOperator.AVERAGE_POOL_2D, Padding.SAME));
    images.put("pad, conv", (d, x) -> conv(d, pad(d, x), 4, 3, 2, 1, Padding.VALID, RELU));
    images.put("residual", SmallModels::residual);
    images.put(
        "added constant, ReLU", (d, x) -> shifted(d, conv(d, x, 4, 3, 1, 1, Padding.SAME, NONE)));
    images.put("joined channels", SmallModels::joined);
    images.put("mean", (d, x) -> mean(d, x, true));
    images.put("mean, dense", (d, x) -> dense(d, mean(d, x, false), 4, NONE));
    images.put("conv, reshape, dense", SmallModels::classifier);
    images.put(
        "image into dense",
        (d, x) -> dense(d, conv(d, x, 3, 3, 2, 1, Padding.SAME, RELU), 4, NONE));
    Map<String, BiFunction<Draft, Integer, Integer>> vectors = new LinkedHashMap<>();
    vectors.put("dense, dense", (d, x) -> dense(d, dense(d, x, 9, RELU), 4, NONE));
    vectors.put("dense, softmax", (d, x) -> softmax(d, dense(d, x, 5, NONE)));
    for (int code :
        new int[] {
          BuiltinOperator.RELU,
          BuiltinOperator.RELU6,
          BuiltinOperator.RELU_N1_TO_1,
          BuiltinOperator.LOGISTIC,
          BuiltinOperator.TANH,
          BuiltinOperator.HARD_SWISH,
          BuiltinOperator.LEAKY_RELU
        }) {
      vectors.put("dense, " + BuiltinOperator.name(code), (d, x) -> function(d, x, code));
    }
    Map<String, byte[]> models = new LinkedHashMap<>();
    images.forEach((name, model) -> models.put(name, bytes(int8, random, model, 1, 7, 6, 3)));
    vectors.forEach((name, model) -> models.put(name, bytes(int8, random, model, 1, 11)));
    return models;
  }

  private static byte[] bytes(
      boolean int8,
      SplittableRandom random,
      BiFunction<Draft, Integer, Integer> model,
      int... input) {
    Draft draft = new Draft(int8, random);
    int x = draft.value(input);
    return draft.bytes(x, model.apply(draft, x));
  }

  static int dense(Draft d, int x, int outputs, byte activation) {
    int[] shape = d.writer.tensor(x).shape();
    int inputs = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    int weight = d.weights(-1, outputs, inputs);
    int bias = d.bias(x, weight, outputs);
    int out = d.result(x, weight, inputs, 1, outputs);
    d.writer.operator(
        BuiltinOperator.FULLY_CONNECTED,
        BuiltinOptions.FullyConnectedOptions,
        b ->
            FullyConnectedOptions.createFullyConnectedOptions(
                b, activation, (byte) 0, false, false),
        of(x, weight, bias),
        out);
    return out;
  }

  static int conv(
      Draft d,
      int x,
      int outputs,
      int kernel,
      int stride,
      int dilation,
      byte padding,
      byte activation) {
    int[] shape = d.writer.tensor(x).shape();
    int weight = d.weights(0, outputs, kernel, kernel, shape[3]);
    int bias = d.bias(x, weight, outputs);
    int out =
        d.result(
            x,
            weight,
            kernel * kernel * shape[3],
            1,
            size(shape[1], kernel, stride, dilation, padding),
            size(shape[2], kernel, stride, dilation, padding),
            outputs);
    d.writer.operator(
        BuiltinOperator.CONV_2D,
        BuiltinOptions.Conv2DOptions,
        b ->
            Conv2DOptions.createConv2DOptions(
                b, padding, stride, stride, activation, dilation, dilation),
        of(x, weight, bias),
        out);
    return out;
  }

  private static int size(int size, int kernel, int stride, int dilation, byte padding) {
    int reach = padding == Padding.SAME ? 1 : dilation * (kernel - 1) + 1;
    return (size - reach) / stride + 1;
  }

  private static int depthwise(Draft d, int x, int multiplier, int stride) {
    int[] shape = d.writer.tensor(x).shape();
    int outputs = shape[3] * multiplier;
    int weight = d.weights(3, 1, 3, 3, outputs);
    int bias = d.bias(x, weight, outputs);
    int rows = size(shape[1], 3, stride, 1, Padding.SAME);
    int out = d.result(x, weight, 9, 1, rows, size(shape[2], 3, stride, 1, Padding.SAME), outputs);
    d.writer.operator(
        BuiltinOperator.DEPTHWISE_CONV_2D,
        BuiltinOptions.DepthwiseConv2DOptions,
        b ->
            DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
                b, Padding.SAME, stride, stride, multiplier, NONE, 1, 1),
        of(x, weight, bias),
        out);
    return out;
  }

  private static int pool(Draft d, int x, int code, byte padding) {
    int[] shape = d.writer.tensor(x).shape();
    int rows = size(shape[1], 3, 2, 1, padding);
    int out = d.like(x, 1, rows, size(shape[2], 2, 2, 1, padding), shape[3]);
    d.writer.operator(
        code,
        BuiltinOptions.Pool2DOptions,
        b -> Pool2DOptions.createPool2DOptions(b, padding, 2, 2, 2, 3, NONE),
        of(x),
        out);
    return out;
  }

  private static int pad(Draft d, int x) {
    int[] shape = d.writer.tensor(x).shape();
    int borders = d.integers(new int[] {0, 0, 1, 2, 0, 1, 0, 0}, 4, 2);
    int out = d.like(x, 1, shape[1] + 3, shape[2] + 1, shape[3]);
    d.writer.operator(BuiltinOperator.PAD, of(x, borders), out);
    return out;
  }

  private static int residual(Draft d, int x) {
    int left = conv(d, x, 3, 3, 1, 1, Padding.SAME, RELU);
    int right = conv(d, left, 3, 1, 1, 1, Padding.SAME, NONE);
    int out = d.value(0.05f, 7, d.writer.tensor(left).shape());
    d.writer.operator(
        BuiltinOperator.ADD,
        BuiltinOptions.AddOptions,
        b -> AddOptions.createAddOptions(b, RELU, false),
        of(left, right),
        out);
    return out;
  }

  private static int shifted(Draft d, int x) {
    int[] shape = d.writer.tensor(x).shape();
    int constant = d.constant(0.02f, 9, 1, 1, 1, shape[3]);
    int out = d.value(0.08f, -20, shape);
    d.writer.operator(
        BuiltinOperator.ADD,
        BuiltinOptions.AddOptions,
        b -> AddOptions.createAddOptions(b, RELU, false),
        of(x, constant),
        out);
    return out;
  }

  private static int joined(Draft d, int x) {
    int left = pool(d, x, BuiltinOperator.MAX_POOL_2D, Padding.SAME);
    int right = pool(d, x, BuiltinOperator.AVERAGE_POOL_2D, Padding.SAME);
    int[] shape = d.writer.tensor(left).shape();
    int out = d.like(left, 1, shape[1], shape[2], 2 * shape[3]);
    d.writer.operator(
        BuiltinOperator.CONCATENATION,
        BuiltinOptions.ConcatenationOptions,
        b -> ConcatenationOptions.createConcatenationOptions(b, 3, NONE),
        of(left, right),
        out);
    return out;
  }

  private static int mean(Draft d, int x, boolean keep) {
    int channels = d.writer.tensor(x).shape()[3];
    int axes = d.integers(new int[] {1, 2}, 2);
    int out = keep ? d.value(0.01f, -5, 1, 1, 1, channels) : d.like(x, 1, channels);
    d.writer.operator(
        BuiltinOperator.MEAN,
        BuiltinOptions.ReducerOptions,
        b -> ReducerOptions.createReducerOptions(b, keep),
        of(x, axes),
        out);
    return out;
  }

  private static int classifier(Draft d, int x) {
    int image = conv(d, x, 3, 3, 2, 1, Padding.SAME, RELU);
    int[] shape = d.writer.tensor(image).shape();
    int values = shape[1] * shape[2] * shape[3];
    int flat = d.like(image, 1, values);
    d.writer.operator(
        BuiltinOperator.RESHAPE, of(image, d.integers(new int[] {1, values}, 2)), flat);
    return softmax(d, dense(d, flat, 4, NONE));
  }

  private static int softmax(Draft d, int x) {
    int out = d.value(1f / 256, -128, d.writer.tensor(x).shape());
    d.writer.operator(
        BuiltinOperator.SOFTMAX,
        BuiltinOptions.SoftmaxOptions,
        b -> SoftmaxOptions.createSoftmaxOptions(b, 1),
        of(x),
        out);
    return out;
  }

  private static int function(Draft d, int x, int code) {
    int before = dense(d, x, 8, NONE);
    int out =
        switch (code) {
          case BuiltinOperator.LOGISTIC -> d.value(1f / 256, -128, 1, 8);
          case BuiltinOperator.TANH -> d.value(1f / 128, 0, 1, 8);
          default -> d.value(0.06f, -40, 1, 8);
        };
    if (code == BuiltinOperator.LEAKY_RELU) {
      d.writer.operator(
          code,
          BuiltinOptions.LeakyReluOptions,
          b -> LeakyReluOptions.createLeakyReluOptions(b, 0.1f),
          of(before),
          out);
    } else {
      d.writer.operator(code, of(before), out);
    }
    return out;
  }
}
