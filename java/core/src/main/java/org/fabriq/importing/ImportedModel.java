// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Network;

/**
 * What an importer made of a file: a network in fp32, or in integers if the file is quantized.
 *
 * @param network empty if it is in integers
 * @param integers empty if it is in fp32
 * @param layers what became of the file's operations, in the order of the network's layers
 * @param operations of the file, in its order
 * @param notes what a user must know to use it, as the layout of inputs; sentences
 */
public record ImportedModel(
    Optional<Network> network,
    Optional<IntegerNetwork> integers,
    List<ImportedLayer> layers,
    List<SourceOperation> operations,
    List<String> notes) {
  /** Copies the lists. */
  public ImportedModel {
    layers = List.copyOf(layers);
    operations = List.copyOf(operations);
    notes = List.copyOf(notes);
  }

  /** A network in fp32 of operations that are still to be said. */
  public static ImportedModel of(Network network, List<ImportedLayer> layers, List<String> notes) {
    return new ImportedModel(Optional.of(network), Optional.empty(), layers, List.of(), notes);
  }

  /** A network in integers of operations that are still to be said. */
  public static ImportedModel of(
      IntegerNetwork integers, List<ImportedLayer> layers, List<String> notes) {
    return new ImportedModel(Optional.empty(), Optional.of(integers), layers, List.of(), notes);
  }

  /** The same, made of these operations. */
  public ImportedModel withOperations(List<SourceOperation> source) {
    return new ImportedModel(network, integers, layers, source, notes);
  }

  /** The same with another network in integers of the same layers. */
  public ImportedModel withIntegers(IntegerNetwork other) {
    return new ImportedModel(network, Optional.of(other), layers, operations, notes);
  }

  /** Writes NAME.json and NAME.npz. */
  public void write(Path file) {
    network.ifPresent(made -> made.write(file));
    integers.ifPresent(made -> made.write(file));
  }
}
