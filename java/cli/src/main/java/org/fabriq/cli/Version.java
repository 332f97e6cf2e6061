// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import picocli.CommandLine.IVersionProvider;

/** FabriQ's version, from the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"fabriq " + text(), "Java " + Runtime.version()};
  }

  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
