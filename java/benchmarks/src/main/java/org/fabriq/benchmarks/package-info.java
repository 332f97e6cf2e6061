// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks, one class per question. */
package org.fabriq.benchmarks;
