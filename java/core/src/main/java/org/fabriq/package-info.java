// SPDX-License-Identifier: Apache-2.0
/** What every package of FabriQ shares: the exceptions. */
package org.fabriq;
