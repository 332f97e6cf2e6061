// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loads vectors from direct buffers and stores them there, little-endian. The incubating Vector API
 * of Java 17 and 18 takes a {@link ByteBuffer}; that of later versions takes a {@code
 * java.lang.foreign.MemorySegment}, which Java 17 does not have. One class file serves both: it
 * asks the JVM once which of them is there. The handles are constants, so that the JIT compiler
 * inlines them as it does direct calls.
 */
final class BufferVectors {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final Class<?> MEMORY = memoryClass();
  private static final MethodHandle VIEW = view();
  private static final MethodHandle LOAD_FLOATS = load(FloatVector.class);
  private static final MethodHandle STORE_FLOATS = store(FloatVector.class);
  private static final MethodHandle LOAD_BYTES = load(ByteVector.class);
  private static final MethodHandle STORE_BYTES = store(ByteVector.class);

  private BufferVectors() {}

  /**
   * Gives what the other methods take for the bytes of a direct buffer from its index 0 to its
   * limit, whatever its position. It keeps the buffer's memory reachable.
   */
  static Object memory(ByteBuffer buffer) {
    try {
      return VIEW.invokeExact(buffer);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Loads as many fp32 values as the species has lanes, from byte {@code at} on. */
  static FloatVector floats(VectorSpecies<Float> species, Object memory, int at) {
    try {
      return (FloatVector) LOAD_FLOATS.invokeExact(species, memory, at, ByteOrder.LITTLE_ENDIAN);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Stores all lanes from byte {@code at} on. */
  static void store(FloatVector vector, Object memory, int at) {
    try {
      STORE_FLOATS.invokeExact(vector, memory, at, ByteOrder.LITTLE_ENDIAN);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Loads as many bytes as the species has lanes, from byte {@code at} on. */
  static ByteVector bytes(VectorSpecies<Byte> species, Object memory, int at) {
    try {
      return (ByteVector) LOAD_BYTES.invokeExact(species, memory, at, ByteOrder.LITTLE_ENDIAN);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Stores all lanes from byte {@code at} on. */
  static void store(ByteVector vector, Object memory, int at) {
    try {
      STORE_BYTES.invokeExact(vector, memory, at, ByteOrder.LITTLE_ENDIAN);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The methods declare no checked exception: what comes is theirs, as an index out of bounds. */
  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }

  /** The class of memory that this JVM's vectors are loaded from. */
  private static Class<?> memoryClass() {
    try {
      FloatVector.class.getMethod(
          "fromByteBuffer", VectorSpecies.class, ByteBuffer.class, int.class, ByteOrder.class);
      return ByteBuffer.class;
    } catch (NoSuchMethodException beforeSegments) {
      try {
        return Class.forName("java.lang.foreign.MemorySegment");
      } catch (ClassNotFoundException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private static MethodHandle view() {
    MethodHandle whole = MethodHandles.identity(ByteBuffer.class);
    if (MEMORY != ByteBuffer.class) {
      try {
        MethodHandle ofBuffer =
            LOOKUP.findStatic(MEMORY, "ofBuffer", methodType(MEMORY, Buffer.class));
        MethodHandle rewound =
            LOOKUP.findStatic(
                BufferVectors.class, "rewound", methodType(ByteBuffer.class, ByteBuffer.class));
        whole =
            MethodHandles.filterReturnValue(
                rewound, ofBuffer.asType(methodType(MEMORY, ByteBuffer.class)));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
    return whole.asType(methodType(Object.class, ByteBuffer.class));
  }

  /** A segment begins at its buffer's position. */
  private static ByteBuffer rewound(ByteBuffer buffer) {
    return buffer.position() == 0 ? buffer : buffer.duplicate().position(0);
  }

  private static MethodHandle load(Class<?> vector) {
    String name = MEMORY == ByteBuffer.class ? "fromByteBuffer" : "fromMemorySegment";
    try {
      return LOOKUP
          .findStatic(
              vector,
              name,
              methodType(vector, VectorSpecies.class, MEMORY, index(), ByteOrder.class))
          .asType(
              methodType(vector, VectorSpecies.class, Object.class, int.class, ByteOrder.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static MethodHandle store(Class<?> vector) {
    String name = MEMORY == ByteBuffer.class ? "intoByteBuffer" : "intoMemorySegment";
    try {
      return LOOKUP
          .findVirtual(vector, name, methodType(void.class, MEMORY, index(), ByteOrder.class))
          .asType(methodType(void.class, vector, Object.class, int.class, ByteOrder.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Class<?> index() {
    return MEMORY == ByteBuffer.class ? int.class : long.class;
  }
}
