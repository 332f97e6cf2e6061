// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import org.fabriq.FileFormatException;

/** A file that is no xclbin, a damaged one, or one for other kernels or another target. */
public class XclbinFormatException extends FileFormatException {
  private static final long serialVersionUID = 1L;

  /**
   * @param place the section, with the offset where one is known
   * @param found what is there
   * @param expected what should be there
   * @param remedy what the user can do
   */
  public XclbinFormatException(
      String file, String place, String found, String expected, String remedy) {
    super(file, place, found, expected, remedy);
  }

  /** A file that could not be read at all. */
  public XclbinFormatException(String file, String reason, String remedy, Throwable cause) {
    super(file, reason, remedy, cause);
  }
}
