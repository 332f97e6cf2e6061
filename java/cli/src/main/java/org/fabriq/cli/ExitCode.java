// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

/** What the command ends with. */
final class ExitCode {
  /** Everything asked for was done. */
  static final int OK = 0;

  /** A check failed, or FabriQ has a defect. */
  static final int FAILED = 1;

  /** The input is wrong, or a device is missing. */
  static final int WRONG_INPUT = 2;

  private ExitCode() {}
}
