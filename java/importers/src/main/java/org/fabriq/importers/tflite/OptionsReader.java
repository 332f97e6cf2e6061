// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import com.google.flatbuffers.Table;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.fabriq.importers.tflite.TfliteOptions.Walk;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.FullyConnectedOptionsWeightsFormat;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;

/**
 * Reads the options of a type of operator: a row of {@link #ALL}. Options of operators that are not
 * imported have none and are left alone.
 *
 * @param kind one of {@link BuiltinOptions}
 * @param table makes an empty one
 * @param reader takes what is needed
 */
record OptionsReader<T extends Table>(
    int kind, Supplier<T> table, Function<T, TfliteOptions> reader) {
  private static final TfliteOptions NONE = TfliteOptions.NONE;

  static final List<OptionsReader<?>> ALL =
      List.of(
          new OptionsReader<>(
              BuiltinOptions.Conv2DOptions, Conv2DOptions::new, OptionsReader::convolution),
          new OptionsReader<>(
              BuiltinOptions.DepthwiseConv2DOptions,
              DepthwiseConv2DOptions::new,
              OptionsReader::depthwise),
          new OptionsReader<>(
              BuiltinOptions.Pool2DOptions, Pool2DOptions::new, OptionsReader::pool),
          new OptionsReader<>(
              BuiltinOptions.FullyConnectedOptions,
              FullyConnectedOptions::new,
              OptionsReader::fullyConnected),
          new OptionsReader<>(
              BuiltinOptions.AddOptions,
              AddOptions::new,
              table -> NONE.withActivation(table.fusedActivationFunction())),
          new OptionsReader<>(
              BuiltinOptions.ConcatenationOptions,
              ConcatenationOptions::new,
              table -> NONE.withActivation(table.fusedActivationFunction()).withAxis(table.axis())),
          new OptionsReader<>(
              BuiltinOptions.ReducerOptions,
              ReducerOptions::new,
              table -> NONE.withKeepRank(table.keepDims())),
          new OptionsReader<>(
              BuiltinOptions.SoftmaxOptions,
              SoftmaxOptions::new,
              table -> NONE.withNumber(table.beta())),
          new OptionsReader<>(
              BuiltinOptions.LeakyReluOptions,
              LeakyReluOptions::new,
              table -> NONE.withNumber(table.alpha())));

  /**
   * The options of an operator.
   *
   * @param kind one of {@link BuiltinOptions}
   * @param place gives a table its place in the file, or null where the operator has none
   */
  static TfliteOptions options(int kind, UnaryOperator<Table> place) {
    for (OptionsReader<?> row : ALL) {
      if (row.kind == kind) {
        return row.read(place);
      }
    }
    return NONE;
  }

  private TfliteOptions read(UnaryOperator<Table> place) {
    T empty = table.get();
    return place.apply(empty) == null ? NONE : reader.apply(empty);
  }

  private static TfliteOptions convolution(Conv2DOptions table) {
    return NONE.withActivation(table.fusedActivationFunction())
        .withWalk(
            new Walk(
                table.padding() == Padding.SAME,
                table.strideH(),
                table.strideW(),
                table.dilationHFactor(),
                table.dilationWFactor(),
                1,
                1));
  }

  private static TfliteOptions depthwise(DepthwiseConv2DOptions table) {
    return NONE.withActivation(table.fusedActivationFunction())
        .withWalk(
            new Walk(
                table.padding() == Padding.SAME,
                table.strideH(),
                table.strideW(),
                table.dilationHFactor(),
                table.dilationWFactor(),
                1,
                1));
  }

  private static TfliteOptions pool(Pool2DOptions table) {
    return NONE.withActivation(table.fusedActivationFunction())
        .withWalk(
            new Walk(
                table.padding() == Padding.SAME,
                table.strideH(),
                table.strideW(),
                1,
                1,
                table.filterHeight(),
                table.filterWidth()));
  }

  private static TfliteOptions fullyConnected(FullyConnectedOptions table) {
    return NONE.withActivation(table.fusedActivationFunction())
        .withPlainWeights(table.weightsFormat() == FullyConnectedOptionsWeightsFormat.DEFAULT);
  }
}
