// SPDX-License-Identifier: Apache-2.0
/**
 * Reads ONNX models: what each operator means in FabriQ's words, and what is computed at import.
 */
package org.fabriq.importers.onnx;
