// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.fabriq.FileFormatException;
import org.fabriq.io.JsonObject;

/** Reads the descriptions of the kernel that are beside the classes of this package. */
final class KernelResource {
  private KernelResource() {}

  /**
   * The description of this name.
   *
   * @throws FileFormatException if it is not there, or no JSON
   */
  static JsonObject read(String name) {
    String place = "jar:org/fabriq/overlay/" + name;
    try (InputStream in = KernelResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileFormatException(place, "no such resource", "build the jar again", null);
      }
      return JsonObject.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), place);
    } catch (IOException e) {
      throw new FileFormatException(place, e.getMessage(), "build the jar again", e);
    }
  }
}
