// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;

/**
 * Says what becomes of a stored value u before a network takes it, in fp32, each operation rounded
 * half to even: ((u * numerator) / denominator - mean) / std, where mean and std are those of the
 * value's channel. That is what torchvision's ToTensor and Normalize make of pixels.
 *
 * @param numerator of the scale
 * @param denominator of the scale
 * @param means none, one for all channels, or one per channel
 * @param deviations as many; none is 0
 */
public record Normalization(
    float numerator, float denominator, List<Float> means, List<Float> deviations) {
  /** Takes values as they are stored. */
  public static final Normalization NONE = new Normalization(1, 1, List.of(), List.of());

  /** Takes bytes of 0 to 255 as values of 0 to 1. */
  public static final Normalization PIXELS = new Normalization(1, 255, List.of(), List.of());

  private static final String GRAMMAR =
      "write scale=S, mean=M,std=D or both; S as 1/255 or 0.5, M and D a number, or one per channel"
          + " with colons, as 0.5:0.4:0.3";

  /**
   * Checks the numbers.
   *
   * @throws InvalidArgumentException if one is not finite, a divisor is 0, or means and deviations
   *     are not as many
   */
  public Normalization {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (!Float.isFinite(numerator / denominator) || numerator == 0) {
      throw new InvalidArgumentException(
          "scale %s/%s is 0 or not finite; %s".formatted(numerator, denominator, GRAMMAR));
    }
    if (means.size() != deviations.size()) {
      throw new InvalidArgumentException(
          "%d means and %d standard deviations; give as many of both, %s"
              .formatted(means.size(), deviations.size(), GRAMMAR));
    }
    for (float deviation : deviations) {
      if (!(deviation > 0) || Float.isInfinite(deviation)) {
        throw new InvalidArgumentException(
            "standard deviation %s is not above 0; %s".formatted(deviation, GRAMMAR));
      }
    }
    if (means.stream().anyMatch(mean -> !Float.isFinite(mean))) {
      throw new InvalidArgumentException("means %s are not finite; %s".formatted(means, GRAMMAR));
    }
  }

  /**
   * Reads {@code scale=S}, {@code mean=M,std=D} or both, separated by commas.
   *
   * @param stored what holds where the text gives no scale
   * @throws InvalidArgumentException if it is none
   */
  public static Normalization parse(String text, Normalization stored) {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      boolean known = List.of("scale", "mean", "std").contains(pair[0]);
      if (pair.length < 2 || !known || parts.put(pair[0], pair[1]) != null) {
        throw wrong(text, part);
      }
    }
    String scale = parts.get("scale");
    String[] fraction = scale == null ? null : scale.split("/", 2);
    return new Normalization(
        scale == null ? stored.numerator : number(text, fraction[0]),
        scale == null ? stored.denominator : fraction.length < 2 ? 1 : number(text, fraction[1]),
        numbers(text, parts.get("mean")),
        numbers(text, parts.get("std")));
  }

  private static List<Float> numbers(String text, String list) {
    return list == null
        ? List.of()
        : Arrays.stream(list.split(":", -1)).map(number -> number(text, number)).toList();
  }

  private static float number(String text, String number) {
    return DecimalNumber.parse(number).orElseThrow(() -> wrong(text, number));
  }

  private static InvalidArgumentException wrong(String text, String part) {
    return new InvalidArgumentException(
        "normalization '%s': '%s' is not understood; %s".formatted(text, part, GRAMMAR));
  }

  /**
   * Checks that it fits so many channels.
   *
   * @throws InvalidArgumentException if there are others
   */
  void requireChannels(int channels) {
    if (means.size() > 1 && means.size() != channels) {
      throw new InvalidArgumentException(
          "%d means for samples of %d channels; give one, or %d"
              .formatted(means.size(), channels, channels));
    }
  }

  /**
   * Normalizes a sample in place.
   *
   * @param values from {@code at} on, channel by channel
   * @param size of the sample, a multiple of {@code channels}
   */
  void apply(float[] values, int at, int size, int channels) {
    int plane = size / channels;
    for (int i = 0; i < size && (numerator != 1 || denominator != 1); i++) {
      values[at + i] = values[at + i] * numerator / denominator;
    }
    for (int channel = 0; channel < channels && !means.isEmpty(); channel++) {
      float mean = means.get(means.size() == 1 ? 0 : channel);
      float deviation = deviations.get(means.size() == 1 ? 0 : channel);
      for (int i = at + channel * plane; i < at + (channel + 1) * plane; i++) {
        values[i] = (values[i] - mean) / deviation;
      }
    }
  }

  /** As the option that makes it, {@code scale=1/255,mean=0.5,std=0.25}; empty for none. */
  @Override
  public String toString() {
    String scale = denominator == 1 ? "" + numerator : "%s/%s".formatted(numerator, denominator);
    String words = numerator == 1 && denominator == 1 ? "" : "scale=" + scale.replace(".0", "");
    if (means.isEmpty()) {
      return words;
    }
    return words
        + (words.isEmpty() ? "" : ",")
        + "mean="
        + list(means)
        + ",std="
        + list(deviations);
  }

  private static String list(List<Float> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(":"));
  }
}
