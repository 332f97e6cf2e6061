// SPDX-License-Identifier: Apache-2.0
/**
 * What synthesis tools report about a kernel, in one form: {@link
 * org.fabriq.resources.ResourceReports} reads files of Vitis HLS, v++, Vivado and Yosys, {@link
 * org.fabriq.resources.FpgaDevice} gives the totals to measure them by, {@link
 * org.fabriq.resources.LabFigures} the lab's figures.
 */
package org.fabriq.resources;
