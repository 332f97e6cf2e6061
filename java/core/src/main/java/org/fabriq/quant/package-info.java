// SPDX-License-Identifier: Apache-2.0
/**
 * Quantizers, the ranges and encodings they choose, codebooks, packed codes, and exact
 * requantization.
 *
 * <p>A code q stands for the real value S * (q - Z), with the scale S and the zero point Z of its
 * {@link org.fabriq.quant.Encoding}. Every rounding is named, see {@link
 * org.fabriq.quant.Rounding}; unless said otherwise it is half-even.
 */
package org.fabriq.quant;
