// SPDX-License-Identifier: Apache-2.0
/** FabriQ's definitions compared with ONNX Runtime's operators. */
package org.fabriq.onnx;
