// SPDX-License-Identifier: Apache-2.0
/**
 * Trains the networks that FabriQ ships, with PyTorch through DJL. Nothing that FabriQ runs depends
 * on this package.
 */
package org.fabriq.training;
