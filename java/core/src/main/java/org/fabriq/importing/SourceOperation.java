// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

/**
 * An operation of a file, whether a layer stands for it or not.
 *
 * @param operator what the file calls the operation, as {@code QuantizeLinear}
 * @param node its name in the file, or that of what it gives where it has none
 * @param role what it is for where no layer stands for it, as {@code says what codes stand for}
 */
public record SourceOperation(String operator, String node, String role) {
  /** What {@link ImportedLayer#sources} calls it. */
  public String source() {
    return (operator + " " + node).strip();
  }
}
