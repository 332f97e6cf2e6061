// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

/** The kinds of files that are read, and how much their numbers are worth. */
public enum ReportKind {
  /** csynth.xml of Vivado HLS and Vitis HLS. */
  CSYNTH_XML("csynth.xml", "HLS estimate"),
  /** FUNCTION_csynth.rpt of Vivado HLS and Vitis HLS. */
  CSYNTH_TEXT("csynth.rpt", "HLS estimate"),
  /** csynth.rpt of Vitis HLS from 2020.2 on: modules and loops in one table. */
  CSYNTH_SUMMARY("HLS summary", "HLS estimate"),
  /** kernel_util_*.rpt of a v++ link. */
  KERNEL_UTILIZATION("kernel_util", "linked kernel"),
  /** NAME.xclbin.info of a v++ link, or the output of xclbinutil --info: clocks only. */
  XCLBIN_INFO("xclbin.info", "linked xclbin"),
  /** Vivado's report_utilization. */
  VIVADO_UTILIZATION("utilization", "Vivado"),
  /** Vivado's report_timing_summary. */
  VIVADO_TIMING("timing summary", "Vivado"),
  /** Yosys' stat -json. */
  YOSYS_STAT("yosys stat", "Yosys, without routing"),
  /** Figures that ship with FabriQ. */
  REFERENCE("reference", "the lab");

  private final String label;
  private final String stage;

  ReportKind(String label, String stage) {
    this.label = label;
    this.stage = stage;
  }

  /** A short name for tables. */
  public String label() {
    return label;
  }

  /** What the numbers are: an estimate, or a finished design. */
  public String stage() {
    return stage;
  }
}
