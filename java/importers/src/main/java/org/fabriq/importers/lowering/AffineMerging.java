// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Constant;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.ModelGraph;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importers.graph.Signal;
import org.fabriq.importers.graph.Step;
import org.fabriq.quant.Encoding;

/**
 * Takes constants that are added to, or multiplied with, what a dense layer or a convolution gives
 * into its bias and weights, as in MatMul + Add. What lies between may only reshape; nothing may be
 * quantized between, and nothing else may take it. In quantized models batch normalization counts
 * as such a constant.
 */
final class AffineMerging {
  private final Map<Signal, Integer> readers = new HashMap<>();
  private final Map<Signal, Integer> makers = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  private AffineMerging() {}

  static ModelGraph merge(ModelGraph graph) {
    AffineMerging merging = new AffineMerging();
    graph.steps().forEach(step -> step.inputs().forEach(merging::count));
    if (graph.output() != null) {
      merging.count(graph.output());
    }
    boolean quantized = graph.quantized();
    graph.steps().forEach(step -> merging.add(step, quantized));
    return graph.withSteps(merging.steps);
  }

  /** Batch normalization as factor and offset of the first axis of samples. */
  static Operation.Affine affine(Operation.BatchNorm norm, int sampleRank) {
    int[] shape = new int[sampleRank];
    Arrays.fill(shape, 1);
    shape[0] = norm.gamma().length;
    double[] factor = new double[shape[0]];
    double[] offset = new double[shape[0]];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = norm.gamma()[i] / Math.sqrt((double) norm.variance()[i] + norm.epsilon());
      offset[i] = norm.beta()[i] - factor[i] * norm.mean()[i];
    }
    return new Operation.Affine(
        Constant.ofReals(i -> factor[i], shape), Constant.ofReals(i -> offset[i], shape));
  }

  private void count(Signal signal) {
    readers.merge(signal, 1, Integer::sum);
  }

  private void add(Step step, boolean quantized) {
    Operation operation = step.operation();
    if (quantized && operation instanceof Operation.BatchNorm norm) {
      operation = affine(norm, step.output().rank() - 1);
    }
    int weighted =
        operation instanceof Operation.Affine ? weightedBefore(step.inputs().get(0)) : -1;
    Operation merged =
        weighted < 0
            ? null
            : merged(steps.get(weighted), (Operation.Affine) operation, step.output().sample());
    if (merged != null) {
      steps.set(weighted, with(steps.get(weighted), merged));
      operation = new Operation.Reshape();
    }
    makers.put(step.output(), steps.size());
    steps.add(with(step, operation));
  }

  private static Step with(Step step, Operation operation) {
    return new Step(step.operator(), step.node(), operation, step.inputs(), step.output());
  }

  /** The index of the step with weights whose output, reshaped at most, this is; or -1. */
  private int weightedBefore(Signal signal) {
    Signal at = signal;
    while (makers.containsKey(at) && readers.get(at) == 1 && at.codes() == null) {
      Step maker = steps.get(makers.get(at));
      if (maker.operation() instanceof Operation.Dense
          || maker.operation() instanceof Operation.Conv2d) {
        return makers.get(at);
      }
      if (!(maker.operation() instanceof Operation.Reshape)) {
        return -1;
      }
      at = maker.inputs().get(0);
    }
    return -1;
  }

  /** A step with weights and what becomes of its outputs, in one; null if it cannot be. */
  private static Operation merged(Step weighted, Operation.Affine affine, int[] sample) {
    int[] own = weighted.output().sample();
    int run = Extent.between(own, 1, own.length);
    double[] factor = perOutput(affine.factor(), sample, own[0], run, 1);
    double[] offset = perOutput(affine.offset(), sample, own[0], run, 0);
    if (factor == null || offset == null) {
      return null;
    }
    if (weighted.operation() instanceof Operation.Dense dense) {
      Constant weight = scaled(dense.weight(), factor);
      return weight == null
          ? null
          : new Operation.Dense(weight, bias(dense.bias(), factor, offset));
    }
    Operation.Conv2d conv = (Operation.Conv2d) weighted.operation();
    Constant weight = scaled(conv.weight(), factor);
    return weight == null
        ? null
        : new Operation.Conv2d(
            weight, bias(conv.bias(), factor, offset), conv.window(), conv.groups());
  }

  /** One value per output; null if the constant differs within one. */
  private static double[] perOutput(
      Constant constant, int[] sample, int outputs, int run, double without) {
    double[] values = new double[outputs];
    Arrays.fill(values, constant == null ? without : Double.NaN);
    if (constant != null) {
      int[] places = PerChannel.broadcast(constant, sample);
      for (int i = 0; i < places.length; i++) {
        double value = constant.real(places[i]);
        if (i % run != 0 && values[i / run] != value) {
          return null;
        }
        values[i / run] = value;
      }
    }
    return values;
  }

  private static double[] bias(double[] bias, double[] factor, double[] offset) {
    double[] sum = offset.clone();
    for (int i = 0; bias != null && i < sum.length; i++) {
      sum[i] += factor[i] * bias[i];
    }
    return sum;
  }

  /** Weights times a factor per output: of codes the scale changes; null if it would not be one. */
  private static Constant scaled(Constant weight, double[] factor) {
    if (Arrays.stream(factor).allMatch(value -> value == 1)) {
      return weight;
    }
    int run = weight.size() / factor.length;
    if (weight.codes() == null) {
      return Constant.ofReals(i -> factor[i / run] * weight.real(i), weight.shape());
    }
    if (weight.codes().axis() != 0) {
      return null;
    }
    Encoding old = weight.codes().encoding();
    float[] scales = new float[factor.length];
    int[] zeros = new int[factor.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (float) (old.scale(i) * factor[i]);
      zeros[i] = old.zeroPoint(i);
      if (!(scales[i] > 0) || Float.isInfinite(scales[i])) {
        return null;
      }
    }
    Encoding encoding = new Encoding(old.bits(), old.signed(), old.narrow(), scales, zeros);
    return weight.withCodes(new Codes(encoding));
  }
}
