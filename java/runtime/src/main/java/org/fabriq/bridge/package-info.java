// SPDX-License-Identifier: Apache-2.0
/**
 * The JavaCPP bridge over the C ABI, generated from {@code native/include/fabriq/fabriq.h}. It
 * checks nothing: sizes, lifetimes and threads are the business of {@link org.fabriq.runtime}.
 */
package org.fabriq.bridge;
