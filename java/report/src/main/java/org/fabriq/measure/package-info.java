// SPDX-License-Identifier: Apache-2.0
/**
 * Latency of a layer on a device beside its CPU opponents ({@link
 * org.fabriq.measure.LatencyMeasurement}), and from which batch the device pays ({@link
 * org.fabriq.measure.BreakEven}).
 */
package org.fabriq.measure;
