// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

/** What an operation of a file is for where no layer stands for it. */
public enum Role {
  /** Quantizes or dequantizes. */
  CODES("says what codes stand for"),
  /** Depends on no input. */
  CONSTANT("is computed at import"),
  /** Moves values. */
  ARRANGEMENT("only changes how values are arranged"),
  /** Is there for training alone. */
  VOID("does nothing at inference"),
  /** Became numbers of other layers. */
  FOLDED("is part of weights, biases or limits of other layers"),
  /** Is a part of a table of codes. */
  INDEX("computes the index into a table of codes"),
  /** Gives what nobody takes. */
  UNUSED("is not needed for the output");

  private final String words;

  Role(String words) {
    this.words = words;
  }

  /** As the end of a sentence that begins with {@code it}. */
  public String words() {
    return words;
  }
}
