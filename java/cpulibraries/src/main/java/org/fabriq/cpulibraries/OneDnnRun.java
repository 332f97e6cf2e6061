// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.fabriq.tensor.Tensor;

/**
 * One thread's way of running an {@link OneDnnShape}: primitive, stream and arguments, made once. A
 * and C are used where they lie; their addresses are set again only when other tensors come.
 */
final class OneDnnRun implements AutoCloseable {
  private final int rows;
  private final OwnedPointers owned = new OwnedPointers();
  private final matmul primitive;
  private final stream stream;
  private final IntMemoryMap arguments;
  private final memory a;
  private final memory c;
  private Tensor lastA;
  private Tensor lastC;

  /**
   * Prepares.
   *
   * @param rows M of the shape
   */
  OneDnnRun(engine engine, OneDnnShape shape, int rows) {
    this.rows = rows;
    primitive = owned.own(new matmul(shape.plan()));
    stream = owned.own(new stream(engine));
    a = owned.own(new memory(shape.a(), engine, (Pointer) null));
    c = owned.own(new memory(shape.c(), engine, (Pointer) null));
    arguments = owned.own(new IntMemoryMap());
    arguments.put(dnnl.DNNL_ARG_SRC, a);
    arguments.put(dnnl.DNNL_ARG_WEIGHTS, shape.weights());
    arguments.put(dnnl.DNNL_ARG_DST, c);
    if (shape.bias() != null) {
      arguments.put(dnnl.DNNL_ARG_BIAS, shape.bias());
    }
  }

  /** M. */
  int rows() {
    return rows;
  }

  /** Writes {@code result}, of the primitive's output type. */
  void multiply(Tensor left, Tensor result) {
    if (left != lastA) {
      a.set_data_handle(new BytePointer(left.memory()));
      lastA = left;
    }
    if (result != lastC) {
      c.set_data_handle(new BytePointer(result.memory()));
      lastC = result;
    }
    primitive.execute(stream, arguments);
    stream._wait();
  }

  @Override
  public void close() {
    owned.close();
  }
}
