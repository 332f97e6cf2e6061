// SPDX-License-Identifier: Apache-2.0
/** Makes networks of models as {@code org.fabriq.importers.graph} represents them. */
package org.fabriq.importers.lowering;
