// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.tensor.Int8Tensor;

/**
 * A program with images and the results that it must have, as the simulated kernel's test reads
 * them (hls/rtl/test/network/planned_test.cpp): four little-endian int32, the bytes of the program,
 * how often it runs, the 64-bit words of an image and of a result; then program, images, results.
 */
public final class PlannedCase {
  private PlannedCase() {}

  /**
   * The case of a network, after asserting that its results are those of the network.
   *
   * @param images samples of input codes
   */
  public static byte[] of(OverlayPlan plan, IntegerNetwork network, Int8Tensor images) {
    OverlayRun.assertEqual(plan, network, images);
    OverlayProgram program = plan.program();
    Int8Tensor chunks = OverlayRun.packed(plan, images);
    Int8Tensor results = OverlayRun.run(program, chunks, OverlayTarget.DEFAULT, false);
    ByteBuffer bytes =
        ByteBuffer.allocate(16 + program.image().limit() + chunks.size() + results.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(program.image().limit()).putInt(chunks.rows());
    bytes.putInt(program.imageWords()).putInt(program.resultWords());
    bytes.put(program.image()).put(chunks.toArray()).put(results.toArray());
    return bytes.array();
  }

  /** Writes a case to DIR/NAME.case, where {@code -Dfabriq.cases=DIR} asks for it. */
  public static void offer(String name, byte[] bytes) {
    String folder = System.getProperty("fabriq.cases", "");
    if (!folder.isEmpty()) {
      try {
        Files.write(Path.of(folder).resolve(name + ".case"), bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
