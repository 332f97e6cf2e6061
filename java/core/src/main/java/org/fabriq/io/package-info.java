// SPDX-License-Identifier: Apache-2.0
/**
 * File formats: numpy's npy and npz, the IDX form of MNIST, and encodings as JSON. Whatever is
 * wrong with a file is a {@link org.fabriq.FileFormatException}; nothing is allocated before a
 * file's own length backs what its header declares.
 */
package org.fabriq.io;
