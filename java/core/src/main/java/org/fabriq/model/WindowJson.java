// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.Map;
import org.fabriq.io.JsonObject;

/**
 * The members of a JSON object that are a {@link Window}: {@code kernel}, {@code stride} and {@code
 * dilation} as height and width, {@code padding} as top, left, bottom and right.
 */
public final class WindowJson {
  private WindowJson() {}

  /** Reads a window with its kernel. */
  public static Window window(JsonObject json) {
    int[] kernel = json.integers("kernel", 2);
    return window(json, kernel[0], kernel[1]);
  }

  /** Reads a window whose kernel is known from the weights. */
  public static Window window(JsonObject json, int kernelHeight, int kernelWidth) {
    int[] stride = json.integers("stride", 2);
    int[] padding = json.integers("padding", 4);
    int[] dilation = json.integers("dilation", 2);
    return new Window(
        kernelHeight,
        kernelWidth,
        stride[0],
        stride[1],
        padding[0],
        padding[1],
        padding[2],
        padding[3],
        dilation[0],
        dilation[1]);
  }

  /** Adds a window with its kernel. */
  public static void putWithKernel(Map<String, Object> json, Window window) {
    json.put("kernel", new int[] {window.kernelHeight(), window.kernelWidth()});
    put(json, window);
  }

  /** Adds a window without its kernel. */
  public static void put(Map<String, Object> json, Window window) {
    json.put("stride", new int[] {window.strideHeight(), window.strideWidth()});
    json.put("padding", new int[] {window.top(), window.left(), window.bottom(), window.right()});
    json.put("dilation", new int[] {window.dilationHeight(), window.dilationWidth()});
  }
}
