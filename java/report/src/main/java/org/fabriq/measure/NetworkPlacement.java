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
 * @param noise why times of the CPU device are not to be trusted, if they are not
 */
public record NetworkPlacement(
    int batch,
    String device,
    double cpuMicros,
    int layer,
    double layerMicros,
    double fabricMicros,
    Noise noise) {
  /** What stands in place of the sentence where noisy times are withheld. */
  public String withheld() {
    return withheld(batch, device);
  }

  /** The same of a placement in a file. */
  public static String withheld(int batch, String device) {
    return "The network at batch %,d on %s is withheld, because its times there are noisy."
        .formatted(batch, device);
  }

  /** The three in one sentence; what rests on noisy times is marked. */
  public String sentence() {
    String mark = noise.mark();
    return ("At batch %,d the network takes %s us on %s, %s us (%.2f%s times that) with layer %d"
            + " on the FPGA, %.1f us (%.2f%s times that) with all of it there.")
        .formatted(
            batch,
            noise.micros(cpuMicros),
            device,
            noise.micros(layerMicros),
            layerMicros / cpuMicros,
            mark,
            layer,
            fabricMicros,
            fabricMicros / cpuMicros,
            mark);
  }
}
