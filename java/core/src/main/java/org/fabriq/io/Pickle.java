// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

/**
 * Python pickles are programs, so they are recognized and refused; the remedy is a command that
 * converts a pickled dict of arrays.
 */
final class Pickle {
  /** The opcode PROTO, first byte of a pickle since protocol 2. */
  static final int FIRST_BYTE = 0x80;

  static final String REMEDY =
      "pickles are not loaded; convert a pickled dict with: python3 -c \"import sys,pickle,numpy;"
          + " d=pickle.load(open(sys.argv[1],'rb')); numpy.savez(sys.argv[2],"
          + " **{k: numpy.asarray(v, dtype='float32') for k, v in d.items()})\""
          + " weights.pkl weights.npz";

  private Pickle() {}
}
