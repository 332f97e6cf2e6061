// SPDX-License-Identifier: Apache-2.0
/** What the tests of several modules share: the problem list and its data, seeds, public models. */
package org.fabriq.testing;
