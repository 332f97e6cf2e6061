// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

import java.util.List;

/**
 * A layer that an importer made, and what of.
 *
 * @param name the layer's
 * @param form its type as files of FabriQ call it, as {@code conv2d}
 * @param sources the operations of the file that it stands for, as {@code Conv conv1}
 * @param epilogue whether the host computes it, behind the integers
 */
public record ImportedLayer(String name, String form, List<String> sources, boolean epilogue) {
  /** Copies the list. */
  public ImportedLayer {
    sources = List.copyOf(sources);
  }
}
