// SPDX-License-Identifier: Apache-2.0
/** What importers of other programs' files promise; the importers are a module of their own. */
package org.fabriq.importing;
