// SPDX-License-Identifier: Apache-2.0
/** What readers and writers of other programs' files promise; they are a module of their own. */
package org.fabriq.importing;
