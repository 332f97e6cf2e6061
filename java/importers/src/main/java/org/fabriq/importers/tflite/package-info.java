// SPDX-License-Identifier: Apache-2.0
/**
 * TensorFlow Lite files: {@code TfliteReader} reads what a file says, within limits, {@code
 * Translation} says it in FabriQ's words, operator by operator.
 */
package org.fabriq.importers.tflite;
