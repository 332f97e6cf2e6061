// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fabriq.integer.AddScaling;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerConcat;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerFlatten;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerMaxPool;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.IntegerPad;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Node;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Int8Tensor;

/** Integer networks of layers that the overlay has, with random sizes, weights and codes. */
public final class RandomOverlayNetwork {
  private final SplittableRandom random;
  private final List<Node<IntegerLayer>> nodes = new ArrayList<>();
  private final List<SampleShape> shapes = new ArrayList<>();
  private final List<Encoding> codes = new ArrayList<>();
  private boolean foreignWeights;

  /** Makes networks; any two of the same random numbers are equal. */
  public RandomOverlayNetwork(SplittableRandom random) {
    this.random = random;
  }

  /** Some layers over a small image, the last of which is dense every other time. */
  public IntegerNetwork ofImages() {
    boolean wide = random.nextInt(4) == 0;
    int side = wide ? 40 : 14;
    int channels = upTo(!wide && random.nextInt(3) == 0 ? 40 : 5);
    SampleShape input = SampleShape.image(channels, upTo(side), upTo(side));
    start(input);
    int layers = upTo(5);
    for (int i = 0; i < layers; i++) {
      addImageLayer(i == layers - 1);
    }
    if (codes.get(codes.size() - 1) != null && random.nextBoolean()) {
      add(new IntegerFlatten("flatten", last()));
      dense(true);
    }
    return network(input);
  }

  /**
   * Many layers over a small image, some of which the overlay may not have.
   *
   * @param foreign how many of a hundred have weights with zero points or the rounding of
   *     TensorFlow Lite, or join branches
   */
  public IntegerNetwork ofManyLayers(int layers, int foreign) {
    SampleShape input = SampleShape.image(upTo(9), 3 + random.nextInt(8), 3 + random.nextInt(8));
    start(input);
    for (int i = 0; i < layers; i++) {
      foreignWeights = random.nextInt(100) < foreign;
      if (random.nextInt(100) < foreign) {
        concat();
      } else {
        addImageLayer(i == layers - 1);
      }
    }
    if (codes.get(codes.size() - 1) != null && random.nextBoolean()) {
      add(new IntegerFlatten("flatten", last()));
      foreignWeights = false;
      dense(false);
      dense(true);
    }
    return network(input);
  }

  /** Branches of 64 or 128 channels, and one of any number, side by side, and again. */
  public IntegerNetwork ofJoinedBranches() {
    SampleShape input = SampleShape.image(random.nextBoolean() ? 64 : upTo(9), upTo(5), upTo(5));
    start(input);
    for (int join = 0; join < upTo(2) + 1; join++) {
      int from = alike();
      int before = shapes.size();
      pointwise(shapes.size() - 1, 64 * upTo(2));
      if (random.nextBoolean()) {
        pointwise(from, 64);
      }
      pointwise(before - 1, upTo(70));
      joinBehind(before);
      if (random.nextBoolean()) {
        convolution(false, random.nextBoolean());
      }
      if (random.nextInt(3) == 0) {
        table();
      }
    }
    if (random.nextBoolean()) {
      add(new IntegerFlatten("flatten", last()));
      dense(true);
    }
    return network(input);
  }

  /** A convolution of one pixel that takes a tensor, and a table to the codes of all branches. */
  private void pointwise(int from, int outputs) {
    SampleShape in = shapes.get(from);
    shapes.add(in);
    codes.add(codes.get(from));
    IntegerWeights weights = weights(new int[] {outputs, in.channels(), 1, 1}, false);
    shapes.remove(shapes.size() - 1);
    codes.remove(codes.size() - 1);
    IntegerConv2d conv = new IntegerConv2d(name("branch"), weights, Window.square(1, 1, 0), 1);
    nodes.add(Node.of(conv, tensor(from)));
    shapes.add(conv.outputShape(List.of(in)));
    codes.add(conv.outputCodes().orElseThrow());
  }

  /** Joins what layers gave from a tensor on, each brought to common codes. */
  private void joinBehind(int first) {
    List<String> parts = new ArrayList<>();
    List<SampleShape> joined = new ArrayList<>();
    boolean before = random.nextBoolean() && shapes.get(first - 1).channels() % 64 == 0;
    Encoding common = before ? codes.get(first - 1) : encoding();
    if (before) {
      parts.add(tensor(first - 1));
      joined.add(shapes.get(first - 1));
    }
    int until = shapes.size();
    for (int part = first; part < until; part++) {
      byte[] table = new byte[256];
      random.nextBytes(table);
      CodeTable moved = new CodeTable(name("moved"), table, codes.get(part), common);
      nodes.add(Node.of(moved, tensor(part)));
      parts.add(moved.name());
      joined.add(shapes.get(part));
      shapes.add(shapes.get(part));
      codes.add(common);
    }
    if (random.nextInt(3) == 0 && joined.get(0).channels() % 64 == 0) {
      parts.add(1, parts.get(0));
      joined.add(1, joined.get(0));
    }
    IntegerConcat join = new IntegerConcat(name("join"), parts.size(), common);
    nodes.add(new Node<>(join, parts));
    shapes.add(join.outputShape(joined));
    codes.add(common);
  }

  /** Dense layers with tables and sums. */
  public IntegerNetwork ofVectors() {
    SampleShape input = SampleShape.vector(upTo(100));
    start(input);
    int layers = upTo(4);
    for (int i = 0; i < layers; i++) {
      dense(i == layers - 1);
      if (i < layers - 1 && random.nextInt(3) == 0) {
        table();
      }
      if (i < layers - 1 && random.nextInt(3) == 0) {
        sum();
      }
    }
    return network(input);
  }

  /** Dense layers one after the other. */
  public IntegerNetwork ofChain(int layers) {
    SampleShape input = SampleShape.vector(upTo(100));
    start(input);
    for (int i = 0; i < layers; i++) {
      dense(i == layers - 1);
    }
    return network(input);
  }

  /** Images for a network, of codes that its input has. */
  public static Int8Tensor images(SplittableRandom random, IntegerNetwork network, int samples) {
    Int8Tensor images = Int8Tensor.allocate(network.input().tensorShape(samples));
    for (int i = 0; i < images.size(); i++) {
      images.set(i, (byte) random.nextInt(-128, 128));
    }
    return images;
  }

  private void start(SampleShape input) {
    nodes.clear();
    shapes.clear();
    codes.clear();
    shapes.add(input);
    codes.add(encoding());
  }

  private IntegerNetwork network(SampleShape input) {
    return new IntegerNetwork(input, codes.get(0), new LayerGraph<>(nodes), List.of());
  }

  private void addImageLayer(boolean last) {
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> convolution(last, false);
      case 3 -> convolution(last, true);
      case 4 -> add(new IntegerMaxPool(name("max"), window(), last()));
      case 5 -> average();
      case 6 -> table();
      case 7 -> pad();
      default -> sum();
    }
  }

  private void convolution(boolean last, boolean depthwise) {
    SampleShape in = shape();
    Window window = window();
    int channels = in.channels();
    int outputs = depthwise ? channels : upTo(random.nextInt(3) == 0 ? 80 : 24);
    int divisor = random.nextInt(6) == 0 && channels % 2 == 0 && outputs % 2 == 0 ? 2 : 1;
    int groups = depthwise ? channels : divisor;
    int[] shape = {outputs, channels / groups, window.kernelHeight(), window.kernelWidth()};
    add(new IntegerConv2d(name("conv"), weights(shape, last), window, groups));
  }

  private void dense(boolean last) {
    int[] shape = {upTo(80), shape().size()};
    add(new IntegerDense(name("dense"), weights(shape, last)));
  }

  private IntegerWeights weights(int[] shape, boolean last) {
    Int8Tensor weight = Int8Tensor.allocate(shape);
    for (int i = 0; i < weight.size(); i++) {
      weight.set(i, (byte) random.nextInt(-127, 128));
    }
    int outputs = shape[0];
    int terms = weight.size() / outputs;
    int[] bias = random.ints(outputs, -20000, 20001).toArray();
    Encoding output = encoding();
    boolean ties = random.nextInt(3) == 0;
    float[] scales = new float[outputs];
    for (int n = 0; n < outputs; n++) {
      double multiplier = random.nextDouble(0.7, 1.3) * 60 / (74 * 90 * Math.sqrt(terms));
      double exact = ties ? Math.scalb(1, Math.getExponent(multiplier)) : multiplier;
      scales[n] = (float) (exact * output.scale(0) / last().scale(0));
    }
    boolean affine = foreignWeights && random.nextBoolean();
    int[] zeros = affine ? random.ints(outputs, 1, 4).toArray() : new int[outputs];
    Encoding encoding = new Encoding(8, true, !affine, scales, zeros);
    QuantizedTensor quantized = new QuantizedTensor(weight, encoding);
    int least = random.nextBoolean() ? -128 : Math.min(output.zeroPoint(0), 100);
    if (foreignWeights && !affine) {
      return IntegerWeights.requantized(quantized, bias, last(), output, least, 127)
          .withTfliteRounding();
    }
    return last && random.nextBoolean()
        ? IntegerWeights.raw(quantized, bias, last())
        : IntegerWeights.requantized(quantized, bias, last(), output, least, 127);
  }

  private void average() {
    SampleShape in = shape();
    Window whole = Window.whole(in.height(), in.width());
    Window window = random.nextBoolean() ? whole : window();
    boolean counts = window.padded() || random.nextBoolean();
    add(new IntegerAveragePool(name("mean"), window, counts, last()));
  }

  private void table() {
    byte[] table = new byte[256];
    random.nextBytes(table);
    add(new CodeTable(name("table"), table, last(), encoding()));
  }

  private void pad() {
    int[] sides = random.ints(4, 0, 3).toArray();
    int code = random.nextBoolean() ? last().zeroPoint(0) : random.nextInt(-128, 128);
    add(new IntegerPad(name("pad"), sides[0], sides[1], sides[2], sides[3], code, last()));
  }

  /** The sum with any tensor of that shape, perhaps itself. */
  private void sum() {
    int own = shapes.size() - 1;
    int[] equal =
        IntStream.range(0, shapes.size())
            .filter(i -> shapes.get(i).equals(shapes.get(own)))
            .toArray();
    int other = equal[random.nextInt(equal.length)];
    Encoding output = encoding();
    AddScaling scaling =
        new AddScaling(1 + random.nextInt(131071), random.nextInt(131072), random.nextInt(15, 19));
    boolean turned = random.nextBoolean();
    int left = turned ? other : own;
    int right = turned ? own : other;
    int least = random.nextInt(-128, 0);
    IntegerAdd add =
        new IntegerAdd(name("sum"), codes.get(left), codes.get(right), scaling, output, least, 127);
    nodes.add(Node.of(add, tensor(left), tensor(right)));
    shapes.add(shape());
    codes.add(output);
  }

  /** The last tensor beside another one of its rows and columns. */
  private void concat() {
    int other = alike();
    int left = shapes.size() - 1;
    Encoding common = encoding();
    List<String> parts = new ArrayList<>();
    for (int part : new int[] {other, left}) {
      byte[] table = new byte[256];
      random.nextBytes(table);
      CodeTable moved = new CodeTable(name("moved"), table, codes.get(part), common);
      nodes.add(Node.of(moved, tensor(part)));
      parts.add(moved.name());
      shapes.add(shapes.get(part));
      codes.add(common);
    }
    IntegerConcat join = new IntegerConcat(name("join"), 2, common);
    nodes.add(new Node<>(join, parts));
    shapes.add(join.outputShape(List.of(shapes.get(other), shapes.get(left))));
    codes.add(common);
  }

  /** A tensor with the rows and columns of the last one. */
  private int alike() {
    SampleShape own = shape();
    int[] alike =
        IntStream.range(0, shapes.size())
            .filter(i -> shapes.get(i).height() == own.height())
            .filter(i -> shapes.get(i).width() == own.width())
            .toArray();
    return alike[random.nextInt(alike.length)];
  }

  private String tensor(int i) {
    return i == 0 ? LayerGraph.INPUT : nodes.get(i - 1).layer().name();
  }

  private void add(IntegerLayer layer) {
    nodes.add(Node.of(layer, tensor(shapes.size() - 1)));
    shapes.add(layer.outputShape(List.of(shape())));
    codes.add(layer.outputCodes().orElse(null));
  }

  private SampleShape shape() {
    return shapes.get(shapes.size() - 1);
  }

  private Encoding last() {
    return codes.get(codes.size() - 1);
  }

  private String name(String type) {
    return type + nodes.size();
  }

  private Encoding encoding() {
    int zero = random.nextInt(4) == 0 ? -128 : random.nextInt(-128, 128);
    return Encoding.perTensor(8, true, (float) random.nextDouble(0.01, 0.02), zero);
  }

  private Window window() {
    SampleShape in = shape();
    int[] kernel = new int[2];
    int[] dilation = {1, 1};
    int[] sides = new int[4];
    int[] size = {in.height(), in.width()};
    for (int axis = 0; axis < 2; axis++) {
      kernel[axis] = Math.min(upTo(5), size[axis] + 1);
      boolean pads = random.nextBoolean();
      sides[axis] = pads ? random.nextInt(kernel[axis]) : 0;
      sides[axis + 2] = pads ? random.nextInt(kernel[axis]) : 0;
      sides[axis + 2] += Math.max(0, kernel[axis] - size[axis] - sides[axis] - sides[axis + 2]);
    }
    if (random.nextInt(8) == 0 && size[1] >= 2 * kernel[1] - 1) {
      dilation[1] = 2;
    }
    return new Window(
        kernel[0],
        kernel[1],
        upTo(3),
        upTo(3),
        sides[0],
        sides[1],
        sides[2],
        sides[3],
        dilation[0],
        dilation[1]);
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  @Override
  public String toString() {
    return Arrays.toString(nodes.stream().map(Node::layer).toArray());
  }
}
