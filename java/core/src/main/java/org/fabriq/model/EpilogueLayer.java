// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

/**
 * A layer behind the last integers of a quantized network: the host computes it in fp32 from what
 * the integers stand for. Only other epilogues may follow it.
 */
public interface EpilogueLayer extends UnaryLayer {}
