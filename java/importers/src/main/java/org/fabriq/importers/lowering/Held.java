// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.importers.graph.Operation;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;

/** What is known of a tensor while the layers of an integer network are made. */
sealed interface Held {
  /** The shape of a sample. */
  SampleShape shape();

  /**
   * Codes that a layer gives.
   *
   * @param name the layer, or the network's input
   */
  record Coded(String name, SampleShape shape, Encoding encoding) implements Held {}

  /** The network's input where the file quantizes it later. */
  record Input(SampleShape shape, double scale) implements Held {}

  /**
   * Exact values that are still to be quantized: what a region gives, and functions of that.
   *
   * @param sources the operations of the file that it stands for
   */
  record Pending(Region region, List<FunctionOfValue> functions, List<String> sources)
      implements Held {
    public Pending {
      functions = List.copyOf(functions);
      sources = List.copyOf(sources);
    }

    @Override
    public SampleShape shape() {
      return region.shape();
    }

    Pending then(FunctionOfValue function, String source) {
      List<FunctionOfValue> more = new ArrayList<>(functions);
      more.add(function);
      List<String> of = new ArrayList<>(sources);
      of.add(source);
      return new Pending(region, more, of);
    }
  }

  /** Values that the host computes behind the integers. */
  record Finished(Held integers, List<EpilogueLayer> layers, SampleShape shape) implements Held {
    public Finished {
      layers = List.copyOf(layers);
    }
  }

  /** A function of one value. */
  sealed interface FunctionOfValue {
    double apply(double x);
  }

  /** A limit, which quantizing commutes with. */
  record Limit(Operation.Clip clip) implements FunctionOfValue {
    @Override
    public double apply(double x) {
      return Math.max(clip.min(), Math.min(clip.max(), x));
    }
  }

  /** Any other function. */
  record Curve(FunctionLayer layer) implements FunctionOfValue {
    @Override
    public double apply(double x) {
      return layer.value(x);
    }
  }

  /** factor * x + offset. */
  record Line(double factor, double offset) implements FunctionOfValue {
    @Override
    public double apply(double x) {
      return factor * x + offset;
    }
  }
}
