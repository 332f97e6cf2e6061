// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What made an xclbin. */
final class Provenance {
  private static final String UNKNOWN = "unknown";
  private static final String POM = "/META-INF/maven/org.fabriq/fabriq-runtime/pom.properties";

  /** Written by the build. */
  private static final String SOURCE = "source.properties";

  private Provenance() {}

  /** As Maven notes it in the jar; "unknown" for loose classes. */
  static String version() {
    return properties(POM).getProperty("version", UNKNOWN);
  }

  /**
   * The commit that FabriQ was built from, with "-dirty" if files were changed after it; "unknown"
   * if it was built without git. The system property fabriq.commit overrides it.
   */
  static String sourceCommit() {
    String named = System.getProperty("fabriq.commit", "");
    return named.isEmpty() ? commit(properties(SOURCE)) : named;
  }

  static String commit(Properties source) {
    String commit = source.getProperty("git.commit.id.full", "");
    boolean dirty = Boolean.parseBoolean(source.getProperty("git.dirty"));
    return commit.isEmpty() ? UNKNOWN : commit + (dirty ? "-dirty" : "");
  }

  private static Properties properties(String resource) {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return new Properties();
    }
    return properties;
  }
}
