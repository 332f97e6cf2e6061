// SPDX-License-Identifier: Apache-2.0
/** The {@code fabriq} command: one class per subcommand, measurements and their tables. */
package org.fabriq.cli;
