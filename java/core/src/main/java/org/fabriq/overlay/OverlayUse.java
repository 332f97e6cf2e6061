// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * What a program takes of the kernel's stores.
 *
 * @param weightEntries of all quarters; narrowEntries those of the first one alone
 * @param lines of the activation memory; 0 if the tensors find no place
 */
public record OverlayUse(
    int records,
    int weightEntries,
    int narrowEntries,
    int tapRows,
    int columnEntries,
    int tables,
    int lines) {}
