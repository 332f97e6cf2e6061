// SPDX-License-Identifier: Apache-2.0
/** Networks: layers with their weights, where they come from, and what their outputs mean. */
package org.fabriq.model;
