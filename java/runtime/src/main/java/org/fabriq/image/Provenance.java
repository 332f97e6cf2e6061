// SPDX-License-Identifier: Apache-2.0
package org.fabriq.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What made an image. */
final class Provenance {
  private static final String UNKNOWN = "unknown";
  private static final String POM = "/META-INF/maven/org.fabriq/fabriq-runtime/pom.properties";

  private Provenance() {}

  /** As Maven notes it in the jar; "unknown" for loose classes. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream(POM)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
    return properties.getProperty("version", UNKNOWN);
  }

  /** The system property fabriq.commit, else "unknown". */
  static String sourceCommit() {
    return System.getProperty("fabriq.commit", UNKNOWN);
  }
}
