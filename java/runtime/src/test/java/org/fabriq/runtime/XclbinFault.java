// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fabriq.xclbin.KernelDescriptor;
import org.fabriq.xclbin.TestXclbin;
import org.fabriq.xclbin.XclbinBuilder;
import org.fabriq.xclbin.XclbinFormatException;
import org.fabriq.xclbin.XclbinTarget;

/** Xclbins that no device can use. */
enum XclbinFault implements Fault {
  MISSING("xclbin missing", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      return folder.resolve("missing.xclbin");
    }
  },
  EMPTY("xclbin empty", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) throws IOException {
      return Files.write(folder.resolve("empty.xclbin"), new byte[0]);
    }
  },
  TRUNCATED("xclbin truncated", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) throws IOException {
      byte[] bytes = Files.readAllBytes(Fault.defaultXclbin(target));
      return Files.write(folder.resolve("half.xclbin"), Arrays.copyOf(bytes, bytes.length / 2));
    }
  },
  CORRUPTED("xclbin corrupted, one bit", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) throws IOException {
      byte[] bytes = Files.readAllBytes(Fault.defaultXclbin(target));
      bytes[bytes.length / 2] ^= 1;
      return Files.write(folder.resolve("flipped.xclbin"), bytes);
    }
  },
  OTHER_EMULATION("xclbin of the other emulation", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      return Fault.defaultXclbin(
          target == XclbinTarget.SW_EMU ? XclbinTarget.HW_EMU : XclbinTarget.SW_EMU);
    }
  },
  OTHER_PLATFORM("xclbin for a board", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      return TestXclbin.of(target, folder).target(XclbinTarget.HW).write(folder);
    }
  },
  OTHER_KERNEL("xclbin of another kernel", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      return TestXclbin.of(target, folder).ofAnotherKernel().write(folder);
    }
  },
  OTHER_ARGUMENTS("xclbin of a kernel with other arguments", XclbinFormatException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      return TestXclbin.of(target, folder).withAnArgumentLess().write(folder);
    }
  },
  KERNEL_NOT_IN_IT("xclbin without the kernel that is used", DeviceUnavailableException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      Path xclbin = folder.resolve("one.xclbin");
      builder(target, payload(target))
          .kernels(List.of(KernelDescriptor.of("matmul_f32f32")))
          .write(xclbin);
      return xclbin;
    }
  },
  ENDS_AT_ONCE("xclbin whose simulator ends at once", DeviceFailedException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      Path xclbin = folder.resolve("ends.xclbin");
      builder(target, Path.of("/bin/true")).write(xclbin);
      return xclbin;
    }

    @Override
    public boolean concerns(String address) {
      return Fault.target(address) == XclbinTarget.HW_EMU;
    }
  },
  NOT_KERNELS("xclbin whose shared object holds no kernels", DeviceFailedException.class) {
    @Override
    Path xclbin(XclbinTarget target, Path folder) {
      Path xclbin = folder.resolve("other.xclbin");
      Path library = Path.of(System.getProperty("java.home"), "lib", "libnet.so");
      builder(target, library).write(xclbin);
      return xclbin;
    }

    @Override
    public boolean concerns(String address) {
      return Fault.target(address) == XclbinTarget.SW_EMU;
    }
  };

  private final String text;
  private final Class<? extends Throwable> error;

  XclbinFault(String text, Class<? extends Throwable> error) {
    this.text = text;
    this.error = error;
  }

  abstract Path xclbin(XclbinTarget target, Path folder) throws IOException;

  @Override
  public Scene stage(String address, Path folder) throws IOException {
    Path xclbin = xclbin(Fault.target(address), folder);
    return () -> () -> FreshOpen.nanosToResult(address + "?xclbin=" + xclbin);
  }

  @Override
  public Class<? extends Throwable> error() {
    return error;
  }

  @Override
  public String toString() {
    return text;
  }

  private static XclbinBuilder builder(XclbinTarget target, Path payload) {
    return new XclbinBuilder(target, payload);
  }

  private static Path payload(XclbinTarget target) {
    return EmulationModel.preferred(target).payload();
  }
}
