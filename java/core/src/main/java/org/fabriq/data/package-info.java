// SPDX-License-Identifier: Apache-2.0
/** Labelled images: what a classifier is trained on and measured with. */
package org.fabriq.data;
