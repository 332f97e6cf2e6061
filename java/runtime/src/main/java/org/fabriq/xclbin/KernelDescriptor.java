// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;

/**
 * What a host knows of a kernel, as {@code hls/kernels/<name>.json} states it; nothing else states
 * an offset.
 *
 * @param contract of numerics
 * @param control the block protocol, as {@code ap_ctrl_chain}
 * @param arguments in the order of the C++ function, which is that of XRT's indices
 * @param limits greatest sizes
 * @param rowPitch bytes; rows of the matrices start at multiples of it
 */
public record KernelDescriptor(
    String name,
    String description,
    Contract contract,
    String control,
    List<Argument> arguments,
    Limits limits,
    @JsonProperty("row_pitch") int rowPitch) {
  private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]{0,62}";
  private static final int MOST_ARGUMENTS = 16;
  private static final int FIRST_ARGUMENT = 0x10;

  /** The kernel that runs whole networks. */
  public static final String NETWORK = "network_i8";

  private static final List<KernelDescriptor> KNOWN =
      Stream.concat(
              Arrays.stream(KernelType.values()).map(KernelType::kernelName), Stream.of(NETWORK))
          .map(KernelDescriptor::load)
          .toList();

  /** A numeric contract: equal contracts give equal bits. */
  public record Contract(String id, int version) {
    @Override
    public String toString() {
      return id + " " + version;
    }
  }

  /**
   * An argument.
   *
   * @param type in C++
   * @param kind {@code pointer} or {@code scalar}
   * @param direction {@code in} or {@code out}
   * @param bundle AXI port of a pointer, else null
   * @param offset in the register map, as {@code 0x1c}
   */
  public record Argument(
      String name,
      String type,
      String kind,
      String direction,
      String bundle,
      String offset,
      String description) {
    /** Whether it is the address of a buffer. */
    public boolean isPointer() {
      return kind.equals("pointer");
    }

    /** Bytes in the register map. */
    public int bytes() {
      return isPointer() ? Long.BYTES : Integer.BYTES;
    }

    /** Bytes from the kernel's base address. */
    public int address() {
      return Integer.decode(offset);
    }
  }

  /**
   * Greatest sizes, those of a multiplication or the chunks of a network; the least are 1. 0 for
   * what a kernel has no argument for.
   */
  public record Limits(int m, int k, int n, int chunks) {}

  /** Copies the list. */
  public KernelDescriptor {
    arguments = List.copyOf(arguments);
  }

  /** All kernels of this version, in the order of {@link KernelType}, then {@link #NETWORK}. */
  public static List<KernelDescriptor> all() {
    return KNOWN;
  }

  /** The kernel of a name, if this version has it. */
  public static Optional<KernelDescriptor> find(String name) {
    return KNOWN.stream().filter(kernel -> kernel.name.equals(name)).findFirst();
  }

  /**
   * The kernel of a name.
   *
   * @throws InvalidArgumentException if there is none
   */
  public static KernelDescriptor of(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new InvalidArgumentException("no kernel '%s'; choose %s".formatted(name, names())));
  }

  /** The names of all, for messages. */
  static String names() {
    return KNOWN.stream().map(KernelDescriptor::name).collect(Collectors.joining(", "));
  }

  /**
   * A kernel that is not FabriQ's, for an xclbin that other programs use.
   *
   * @param file JSON as in {@code hls/kernels}; name, contract, control and arguments must be there
   * @throws XclbinFormatException if it cannot be read or is not a descriptor
   */
  public static KernelDescriptor read(Path file) {
    try {
      KernelDescriptor kernel = XclbinJson.MAPPER.readValue(file.toFile(), KernelDescriptor.class);
      kernel.requireWhole();
      return kernel;
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new XclbinFormatException(
          file.toString(),
          "is no kernel descriptor: " + e.getMessage(),
          "write it as hls/kernels/matmul_i8i8.json is",
          e);
    }
  }

  private void requireWhole() {
    require(name != null && name.matches(IDENTIFIER), "name " + name);
    require(contract != null && contract.id() != null, "no contract");
    require(List.of("ap_ctrl_hs", "ap_ctrl_chain").contains(control), "control " + control);
    require(!arguments.isEmpty() && arguments.size() <= MOST_ARGUMENTS, "arguments: not 1 to 16");
    int free = FIRST_ARGUMENT;
    for (Argument argument : arguments) {
      String where = "argument " + argument.name();
      require(argument.name() != null && argument.name().matches(IDENTIFIER), where);
      require(
          List.of("pointer", "scalar").contains(argument.kind()),
          where + " is neither pointer nor scalar");
      require(
          !argument.isPointer()
              || argument.bundle() != null && argument.bundle().matches(IDENTIFIER),
          where + " has no bundle");
      require(
          argument.address() >= free && argument.address() % Integer.BYTES == 0,
          where + " overlaps another register at " + argument.offset());
      free = argument.address() + argument.bytes();
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static KernelDescriptor load(String name) {
    String resource = "kernels/" + name + ".json";
    try (InputStream in = KernelDescriptor.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource org/fabriq/xclbin/" + resource + " is missing");
      }
      return XclbinJson.MAPPER.readValue(in, KernelDescriptor.class);
    } catch (IOException e) {
      throw new IllegalStateException("resource org/fabriq/xclbin/" + resource, e);
    }
  }
}
