// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.nio.ByteBuffer;

/** What the elements of a {@link Constant} are, little-endian. */
public enum ElementType {
  FLOAT32(4, 32) {
    @Override
    double real(ByteBuffer data, int i) {
      return data.getFloat(4 * i);
    }
  },
  FLOAT64(8, 64) {
    @Override
    double real(ByteBuffer data, int i) {
      return data.getDouble(8 * i);
    }
  },
  INT8(1, 8) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.get(i);
    }
  },
  UINT8(1, 8) {
    @Override
    long integer(ByteBuffer data, int i) {
      return Byte.toUnsignedInt(data.get(i));
    }
  },
  /** Codes of 4 bits, each in a byte. */
  INT4(1, 4) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.get(i);
    }
  },
  /** Unsigned codes of 4 bits, each in a byte. */
  UINT4(1, 4) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.get(i);
    }
  },
  /** Codes of 2 bits, each in a byte. */
  INT2(1, 2) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.get(i);
    }
  },
  /** Unsigned codes of 2 bits, each in a byte. */
  UINT2(1, 2) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.get(i);
    }
  },
  INT16(2, 16) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.getShort(2 * i);
    }
  },
  UINT16(2, 16) {
    @Override
    long integer(ByteBuffer data, int i) {
      return Short.toUnsignedInt(data.getShort(2 * i));
    }
  },
  INT32(4, 32) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.getInt(4 * i);
    }
  },
  INT64(8, 64) {
    @Override
    long integer(ByteBuffer data, int i) {
      return data.getLong(8 * i);
    }
  };

  private final int bytes;
  private final int bits;

  ElementType(int bytes, int bits) {
    this.bytes = bytes;
    this.bits = bits;
  }

  /** The bits of an element that count. */
  public int bits() {
    return bits;
  }

  /** Whether elements may be below 0. */
  public boolean isSigned() {
    return !name().startsWith("U");
  }

  /** The bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are integers. */
  public boolean isInteger() {
    return this != FLOAT32 && this != FLOAT64;
  }

  double real(ByteBuffer data, int i) {
    return integer(data, i);
  }

  long integer(ByteBuffer data, int i) {
    return (long) real(data, i);
  }
}
