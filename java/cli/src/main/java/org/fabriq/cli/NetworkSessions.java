// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabriq.importing.ModelExporter;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.measure.NetworkSide;
import org.fabriq.runtime.NetworkLibrary;

/** The programs that run whole networks on the CPU, as opponents of whole networks on devices. */
final class NetworkSessions {
  private NetworkSessions() {}

  /**
   * A network in each program that is there, with one thread; where there are several processors,
   * with all of them too. None on a board, where there are no such programs.
   */
  static List<NetworkSide.InSession> of(IntegerNetwork network) {
    List<NetworkSide.InSession> sides = new ArrayList<>();
    int processors = Runtime.getRuntime().availableProcessors();
    for (NetworkLibrary library : NetworkLibrary.all()) {
      Optional<ModelExporter> exporter =
          ModelExporter.all().stream()
              .filter(each -> each.form().equals(library.form()))
              .findFirst();
      if (exporter.isPresent() && library.isAvailable()) {
        byte[] model = exporter.get().ofCodes(network);
        sides.add(new NetworkSide.InSession(library, model, 1));
        if (processors > 1) {
          sides.add(new NetworkSide.InSession(library, model, processors));
        }
      }
    }
    return sides;
  }
}
