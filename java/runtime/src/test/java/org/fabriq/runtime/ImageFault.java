// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fabriq.image.ImageBuilder;
import org.fabriq.image.ImageFormatException;
import org.fabriq.image.ImageTarget;
import org.fabriq.image.KernelDescriptor;
import org.fabriq.image.TestImage;

/** Images that no device can use. */
enum ImageFault implements Fault {
  MISSING("image missing", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      return folder.resolve("missing.xclbin");
    }
  },
  EMPTY("image empty", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) throws IOException {
      return Files.write(folder.resolve("empty.xclbin"), new byte[0]);
    }
  },
  TRUNCATED("image truncated", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) throws IOException {
      byte[] bytes = Files.readAllBytes(Fault.defaultImage(target));
      return Files.write(folder.resolve("half.xclbin"), Arrays.copyOf(bytes, bytes.length / 2));
    }
  },
  CORRUPTED("image corrupted, one bit", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) throws IOException {
      byte[] bytes = Files.readAllBytes(Fault.defaultImage(target));
      bytes[bytes.length / 2] ^= 1;
      return Files.write(folder.resolve("flipped.xclbin"), bytes);
    }
  },
  OTHER_EMULATION("image of the other emulation", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      return Fault.defaultImage(
          target == ImageTarget.SW_EMU ? ImageTarget.HW_EMU : ImageTarget.SW_EMU);
    }
  },
  OTHER_PLATFORM("image for a board", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      return TestImage.of(target, folder).target(ImageTarget.HW).write(folder);
    }
  },
  OTHER_KERNEL("image of another kernel", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      return TestImage.of(target, folder).ofAnotherKernel().write(folder);
    }
  },
  OTHER_ARGUMENTS("image of a kernel with other arguments", ImageFormatException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      return TestImage.of(target, folder).withAnArgumentLess().write(folder);
    }
  },
  KERNEL_NOT_IN_IT("image without the kernel that is used", DeviceUnavailableException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      Path image = folder.resolve("one.xclbin");
      builder(target, payload(target))
          .kernels(List.of(KernelDescriptor.of("matmul_f32f32")))
          .write(image);
      return image;
    }
  },
  ENDS_AT_ONCE("image whose simulator ends at once", DeviceFailedException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      Path image = folder.resolve("ends.xclbin");
      builder(target, Path.of("/bin/true")).write(image);
      return image;
    }

    @Override
    public boolean concerns(String address) {
      return Fault.target(address) == ImageTarget.HW_EMU;
    }
  },
  NOT_KERNELS("image whose shared object holds no kernels", DeviceFailedException.class) {
    @Override
    Path image(ImageTarget target, Path folder) {
      Path image = folder.resolve("other.xclbin");
      Path library = Path.of(System.getProperty("java.home"), "lib", "libnet.so");
      builder(target, library).write(image);
      return image;
    }

    @Override
    public boolean concerns(String address) {
      return Fault.target(address) == ImageTarget.SW_EMU;
    }
  };

  private final String text;
  private final Class<? extends Throwable> error;

  ImageFault(String text, Class<? extends Throwable> error) {
    this.text = text;
    this.error = error;
  }

  abstract Path image(ImageTarget target, Path folder) throws IOException;

  @Override
  public Scene stage(String address, Path folder) throws IOException {
    Path image = image(Fault.target(address), folder);
    return () -> () -> FreshOpen.nanosToResult(address + "?xclbin=" + image);
  }

  @Override
  public Class<? extends Throwable> error() {
    return error;
  }

  @Override
  public String toString() {
    return text;
  }

  private static ImageBuilder builder(ImageTarget target, Path payload) {
    return new ImageBuilder(target, payload);
  }

  private static Path payload(ImageTarget target) {
    return EmulationModel.preferred(target).payload();
  }
}
