// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;

class JoiningLayersTest {
  private static Float32Tensor image(int channels, float... values) {
    return Float32Tensor.of(values, 1, channels, 1, values.length / channels);
  }

  @Test
  void addAddsElementByElement() {
    Float32Tensor sum =
        new AddLayer("s").forward(List.of(image(1, 1, 2, -3), image(1, 0.5f, -2, 4)));
    assertThat(sum.toArray()).containsExactly(1.5f, 0, 1);
    assertThatThrownBy(() -> new AddLayer("s").forward(List.of(image(1, 1, 2), image(2, 1, 2))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("1x1x2 and 2x1x1");
  }

  @Test
  void concatJoinsChannelsSampleBySample() {
    Float32Tensor a = Float32Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Float32Tensor b = Float32Tensor.of(new float[] {5, 6}, 2, 1);
    assertThat(new ConcatLayer("c", 3).forward(List.of(b, a, b)).toArray())
        .containsExactly(5, 1, 2, 5, 6, 3, 4, 6);
    assertThat(
            new ConcatLayer("c", 2).forward(List.of(image(2, 1, 2, 3, 4), image(1, 9, 8))).shape())
        .containsExactly(1, 3, 1, 2);
    assertThatThrownBy(() -> new ConcatLayer("c", 2).forward(List.of(a, image(1, 1))))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new ConcatLayer("c", 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("limit 1 to 1,024");
  }

  @Test
  void padSurroundsEachPlane() {
    Float32Tensor x = Float32Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 1, 2);
    assertThat(new PadLayer("p", 1, 0, 0, 1, -7).forward(x).toArray())
        .containsExactly(-7, -7, -7, 1, 2, -7, -7, -7, -7, 3, 4, -7);
    assertThatThrownBy(() -> new PadLayer("p", -1, 0, 0, 0, 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("-1, limit 0 to 32,768");
  }

  @Test
  void globalAveragePoolIsTheMeanOfAPlane() {
    Float32Tensor x = Float32Tensor.of(new float[] {1, 2, 3, 6, 1, 1, 1, 2}, 1, 2, 2, 2);
    assertThat(new GlobalAveragePoolLayer("g").forward(x).toArray()).containsExactly(3, 1.25f);
  }

  @Test
  void functionsAreThoseOfOnnx() {
    float[] x = {-8, -3, -1, 0, 0.5f, 3, 8, Float.NaN};
    assertThat(of(new LeakyReluLayer("f", 0.25f), x))
        .containsExactly(-2, -0.75f, -0.25f, 0, 0.5f, 3, 8, Float.NaN);
    assertThat(of(new HardSigmoidLayer("f", 0.25f, 0.5f), x))
        .containsExactly(0, 0, 0.25f, 0.5f, 0.625f, 1, 1, Float.NaN);
    assertThat(of(new HardSwishLayer("f"), x))
        .containsExactly(0, 0, -1 / 3f, 0, 0.29166666f, 3, 8, Float.NaN);
    assertThat(of(new ClipLayer("f", -1, 2), x))
        .containsExactly(-1, -1, -1, 0, 0.5f, 2, 2, Float.NaN);
  }

  private static float[] of(FunctionLayer layer, float[] x) {
    float[] values = layer.forward(Float32Tensor.of(x, 1, x.length)).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == 0 ? 0 : values[i];
    }
    return values;
  }

  @Test
  void softmaxDoesNotOverflow() {
    Float32Tensor x = Float32Tensor.of(new float[] {1000, 1000, -1000, 0, 0, 0}, 2, 3);
    assertThat(new SoftmaxLayer("s", false).forward(x).toArray())
        .containsExactly(0.5f, 0.5f, 0, 1 / 3f, 1 / 3f, 1 / 3f);
    float half = (float) -Math.log(2);
    float third = (float) -Math.log(3);
    assertThat(new SoftmaxLayer("s", true).forward(x).toArray())
        .containsExactly(half, half, -2000 + half, third, third, third);
  }

  @Test
  void argmaxIsTheFirstOfEquals() {
    Float32Tensor x = Float32Tensor.of(new float[] {1, 3, 3, 9, 0, 0}, 2, 3);
    assertThat(new ArgmaxLayer("a").forward(x).toArray()).containsExactly(1, 0);
  }
}
