// SPDX-License-Identifier: Apache-2.0
/** Benchmarks, one class per question; JMH but for those that need processes of their own. */
package org.fabriq.benchmarks;
