// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** Native objects that are freed together, the last one first. For use by one thread at a time. */
final class OwnedPointers implements AutoCloseable {
  private final Deque<Pointer> pointers = new ArrayDeque<>();

  <P extends Pointer> P own(P pointer) {
    pointers.push(pointer);
    return pointer;
  }

  @Override
  public void close() {
    pointers.forEach(Pointer::close);
    pointers.clear();
  }
}
