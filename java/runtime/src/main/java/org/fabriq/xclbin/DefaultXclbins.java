// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The xclbins that devices get when the user names none: all kernels, built when they are first
 * asked for and kept in a cache folder. That is the system property {@code fabriq.cache}, else
 * {@code $XDG_CACHE_HOME/fabriq}, else {@code ~/.cache/fabriq}.
 *
 * <p>A name holds a hash of all that goes into an xclbin, so those of other versions or payloads
 * lie side by side; the folder may be deleted at any time. What is found there is built again
 * unless it is whole by its own hash. Thread-safe, also between processes.
 */
public final class DefaultXclbins {
  private static final String PROPERTY = "fabriq.cache";

  /** What decides the content of an xclbin, the payload aside. */
  private static final List<Class<?>> WRITERS =
      List.of(
          XclbinBuilder.class,
          AxlfWriter.class,
          MetadataXml.class,
          DeviceTables.class,
          ComputeUnit.class,
          SimulatorArchive.class,
          XclbinMetadata.class);

  private DefaultXclbins() {}

  /**
   * The default xclbin of a target, checked.
   *
   * @param instances of each kernel, 1 to {@value XclbinBuilder#MAX_INSTANCES}
   * @param payload as for {@link XclbinBuilder}
   * @param clockMhz as for {@link XclbinBuilder#clockMhz}
   * @throws org.fabriq.FileFormatException if the payload is wrong, or the folder not writable
   */
  public static Path get(XclbinTarget target, int instances, Path payload, int clockMhz) {
    String name = "%s-%d-%d-%s.xclbin".formatted(target, instances, clockMhz, key(payload));
    Path file = folder().resolve(name);
    if (!XclbinChecker.isIntact(file, target)) {
      new XclbinBuilder(target, payload).instances(instances).clockMhz(clockMhz).write(file);
      XclbinChecker.check(file, target);
    }
    return file;
  }

  private static String key(Path payload) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try {
      for (Class<?> writer : WRITERS) {
        append(content, writer.getSimpleName() + ".class");
      }
      for (KernelDescriptor kernel : KernelDescriptor.all()) {
        append(content, "kernels/" + kernel.name() + ".json");
      }
      content.write(XclbinBuilder.read(payload));
    } catch (IOException e) {
      throw new IllegalStateException("the jar of FabriQ is not whole", e);
    }
    return Digest.sha256(content.toByteArray()).substring(0, 32);
  }

  private static void append(ByteArrayOutputStream content, String resource) throws IOException {
    try (InputStream in = DefaultXclbins.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing");
      }
      in.transferTo(content);
    }
  }

  private static Path folder() {
    Path folder = cache().resolve("xclbins");
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new XclbinFormatException(
          folder.toString(),
          "cannot be made: " + e,
          "name a writable folder with -D%s=DIR".formatted(PROPERTY),
          e);
    }
  }

  private static Path cache() {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    if (xdg != null && xdg.startsWith("/")) {
      return Path.of(xdg, "fabriq");
    }
    return Path.of(System.getProperty("user.home"), ".cache", "fabriq");
  }
}
