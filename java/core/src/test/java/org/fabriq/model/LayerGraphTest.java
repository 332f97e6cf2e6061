// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.junit.jupiter.api.Test;

class LayerGraphTest {
  private record Part(String name, int inputCount) implements NamedLayer {}

  private static Node<Part> part(String name, String... inputs) {
    return Node.of(new Part(name, inputs.length), inputs);
  }

  /** input - a - b(a) - c(a, b) - d(c) */
  private final LayerGraph<Part> graph =
      new LayerGraph<>(
          List.of(part("a", "input"), part("b", "a"), part("c", "a", "b"), part("d", "c")));

  @Test
  void knowsWhoTakesWhat() {
    assertThat(graph.inputs(0)).containsExactly(-1);
    assertThat(graph.inputs(2)).containsExactly(0, 1);
    assertThat(graph.readers(0)).containsExactly(1, 2);
    assertThat(graph.onlyReader(0)).isEqualTo(-1);
    assertThat(graph.onlyReader(2)).isEqualTo(3);
    assertThat(graph.onlyReader(3)).isEqualTo(-1);
    assertThat(graph.isChain()).isFalse();
    assertThat(graph.index("c")).isEqualTo(2);
    assertThat(graph).hasToString("a - b - c(a, b) - d");
  }

  @Test
  void computesInOrderAndLetsGoOfWhatIsRead() {
    List<String> seen = new ArrayList<>();
    String result =
        graph.run(
            "x",
            (i, taken) -> {
              String made = graph.layer(i).name() + taken;
              seen.add(made);
              return made;
            });
    assertThat(result).isEqualTo("d[c[a[x], b[a[x]]]]");
    assertThat(seen).hasSize(4);
  }

  @Test
  void isCutWhereOneTensorAloneGoesOn() {
    assertThat(graph.cuts()).containsExactly(0, 2, 3);
    assertThat(graph.part(1, 2)).hasToString("b - c(input, b)");
    assertThat(graph.part(1, 3).inputs(1)).containsExactly(-1, 0);
    assertThat(graph.part(0, 3)).hasToString(graph.toString());
    assertThatThrownBy(() -> graph.part(2, 3))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("layer c takes a, which no layer before it gives");
    assertThatThrownBy(() -> graph.part(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void isNotCutWhereTheInputIsTakenAgain() {
    LayerGraph<Part> again =
        new LayerGraph<>(List.of(part("a", "input"), part("b", "a"), part("c", "b", "input")));
    assertThat(again.cuts()).containsExactly(2);
    assertThatThrownBy(() -> again.part(1, 2)).isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aLayerIsReplacedOrTakenOut() {
    assertThat(graph.with(0, new Part("z", 1))).hasToString("z - b - c(z, b) - d");
    assertThat(graph.without(1)).hasToString("a - c(a, a) - d");
    assertThat(graph.without(3)).hasToString("a - b - c(a, b)");
    assertThat(graph.without(0).inputs(1)).containsExactly(-1, 0);
  }

  @Test
  void thePartBeforeALayerHasWhatItNeeds() {
    assertThat(graph.upTo(1)).hasToString("a - b");
    LayerGraph<Part> wide =
        new LayerGraph<>(
            List.of(part("a", "input"), part("b", "input"), part("c", "b"), part("d", "a", "c")));
    assertThat(wide.upTo(2)).hasToString("b - c");
  }

  @Test
  void aLayerMayTakeOneTensorTwice() {
    LayerGraph<Part> twice = new LayerGraph<>(List.of(part("a", "input"), part("b", "a", "a")));
    assertThat(twice.readers(0)).containsExactly(1);
    assertThat(twice.<String>run("x", (i, in) -> in.toString())).isEqualTo("[[x], [x]]");
  }

  @Test
  void refusesWhatIsNoGraph() {
    refuses("no layer before it gives", List.of(part("a", "b"), part("b", "input")));
    refuses("no layer before it gives", List.of(part("a", "a")));
    refuses("two layers are called a", List.of(part("a", "input"), part("a", "a")));
    refuses("another name", List.of(part("input", "input")));
    refuses("taken by no layer", List.of(part("a", "input"), part("b", "input")));
    refuses("takes 2 tensors, not the 1", List.of(new Node<>(new Part("a", 2), List.of("input"))));
    assertThatThrownBy(() -> new LayerGraph<Part>(List.of()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("0 layers");
    List<Part> many =
        IntStream.rangeClosed(0, LayerGraph.MAX_LAYERS)
            .mapToObj(i -> new Part("l" + i, 1))
            .toList();
    assertThatThrownBy(() -> LayerGraph.chain(many)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> graph.index("e"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("[a, b, c, d]");
  }

  private static void refuses(String message, List<Node<Part>> nodes) {
    assertThatThrownBy(() -> new LayerGraph<>(nodes))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(message);
  }
}
