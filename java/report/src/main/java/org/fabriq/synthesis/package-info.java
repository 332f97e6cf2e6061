// SPDX-License-Identifier: Apache-2.0
/**
 * What synthesis tools report about a kernel, in one form: {@link
 * org.fabriq.synthesis.ResourceReports} reads files of Vitis HLS, v++, Vivado and Yosys, {@link
 * org.fabriq.synthesis.FpgaDevice} gives the totals to measure them by, {@link
 * org.fabriq.synthesis.LabFigures} the lab's figures.
 */
package org.fabriq.synthesis;
