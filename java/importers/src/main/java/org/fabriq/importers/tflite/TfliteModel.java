// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.List;

/**
 * The main graph of a TensorFlow Lite file, as the file has it.
 *
 * @param file what errors call it
 * @param bytes how long the file is
 * @param subgraphs how many graphs the file has
 * @param operators in the order in which they run
 * @param inputs indices of the tensors that the graph is given
 * @param outputs indices of those that it gives
 */
record TfliteModel(
    String file,
    int bytes,
    int subgraphs,
    List<TfliteTensor> tensors,
    List<TfliteOperator> operators,
    int[] inputs,
    int[] outputs) {
  TfliteTensor tensor(int index) {
    return tensors.get(index);
  }
}
