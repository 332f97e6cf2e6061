// SPDX-License-Identifier: Apache-2.0
/** Post-training quantization. */
package org.fabriq.ptq;
