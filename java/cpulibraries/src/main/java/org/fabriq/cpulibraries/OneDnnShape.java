// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/** The multiplication of one M by one set of weights: oneDNN's plan, and B packed for it. */
final class OneDnnShape implements AutoCloseable {
  private final OwnedPointers owned = new OwnedPointers();
  private final matmul.primitive_desc plan;
  private final memory weights;
  private final memory bias;
  private final memory.desc a;
  private final memory.desc c;

  /**
   * Plans and packs.
   *
   * @param integers s8 x s8 to s32, else f32
   * @param plain B, K x N, dense; not needed afterwards
   * @param biasValues N fp32 values that stay, or null
   */
  OneDnnShape(
      engine engine, boolean integers, long m, long k, long n, Pointer plain, Pointer biasValues) {
    memory.data_type in = integers ? memory.data_type.s8 : memory.data_type.f32;
    memory.data_type out = integers ? memory.data_type.s32 : memory.data_type.f32;
    a = dense(m, k, in);
    c = dense(m, n, out);
    memory.desc any = owned.own(new memory.desc(new long[] {k, n}, in, memory.format_tag.any));
    if (biasValues == null) {
      plan = owned.own(new matmul.primitive_desc(engine, a, any, c));
      bias = null;
    } else {
      memory.desc row = dense(1, n, memory.data_type.f32);
      primitive_attr attributes = owned.own(new primitive_attr());
      plan = owned.own(new matmul.primitive_desc(engine, a, any, row, c, attributes, false));
      bias = owned.own(new memory(row, engine, biasValues));
    }
    weights = owned.own(new memory(owned.own(plan.weights_desc()), engine));
    try (stream stream = new stream(engine);
        memory source = new memory(dense(k, n, in), engine, plain);
        reorder packing = new reorder(source, weights)) {
      packing.execute(stream, source, weights);
      stream._wait();
    }
  }

  private memory.desc dense(long rows, long columns, memory.data_type type) {
    return owned.own(new memory.desc(new long[] {rows, columns}, type, memory.format_tag.ab));
  }

  matmul.primitive_desc plan() {
    return plan;
  }

  memory weights() {
    return weights;
  }

  /** N values, or null. */
  memory bias() {
    return bias;
  }

  memory.desc a() {
    return a;
  }

  memory.desc c() {
    return c;
  }

  @Override
  public void close() {
    owned.close();
  }
}
