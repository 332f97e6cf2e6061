// SPDX-License-Identifier: Apache-2.0
/**
 * Models as importers read them, whatever file they come from: operations in FabriQ's words, and in
 * words for layout, over named tensors that may be codes. {@code org.fabriq.importers.lowering}
 * makes networks of them.
 */
package org.fabriq.importers.graph;
