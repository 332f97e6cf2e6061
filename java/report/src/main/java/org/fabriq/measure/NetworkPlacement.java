// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

/**
 * A network at one batch in three ways, microseconds without quantizing and dequantizing.
 *
 * @param device the CPU device that needs the least for the whole network
 * @param cpuMicros all of it there
 * @param layer the layer that is offloaded alone, from 1
 * @param layerMicros that layer on the FPGA, the others on the CPU
 * @param fabricMicros all of it on the FPGA
 */
public record NetworkPlacement(
    int batch,
    String device,
    double cpuMicros,
    int layer,
    double layerMicros,
    double fabricMicros) {
  /** The three in one sentence. */
  public String sentence() {
    return ("At batch %,d the network takes %.1f us on %s, %.1f us (%.2f times that) with layer %d"
            + " on the FPGA, %.1f us (%.2f times that) with all of it there.")
        .formatted(
            batch,
            cpuMicros,
            device,
            layerMicros,
            layerMicros / cpuMicros,
            layer,
            fabricMicros,
            fabricMicros / cpuMicros);
  }
}
