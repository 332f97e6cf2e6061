// SPDX-License-Identifier: Apache-2.0
/**
 * One self-contained HTML file out of what the commands wrote as JSON: tables and charts of
 * accuracy, latency, break-even and resources, beside the lab's figures.
 */
package org.fabriq.report;
