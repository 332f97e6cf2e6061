// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.List;

/** Reads one kind of report. */
interface ReportFormat {
  /** Whether a file is of this kind, by its beginning; it may still be damaged further on. */
  boolean recognizes(ReportText text);

  /**
   * What the report says; one entry, or one for each kernel of an xclbin.
   *
   * @throws org.fabriq.FileFormatException if something that every such report has is missing, with
   *     the line
   */
  List<ResourceReport> read(ReportText text);
}
