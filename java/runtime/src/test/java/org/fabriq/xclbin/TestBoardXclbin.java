// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** Xclbins for boards with a stand-in bitstream. */
public final class TestBoardXclbin {
  private TestBoardXclbin() {}

  /** A .bit file of a part, without configuration. */
  public static Path bitstream(Path folder, String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeShort(9);
      out.write(HexFormat.of().parseHex("0ff00ff00ff00ff000"));
      out.writeShort(1);
      String[] texts = {"fabriq_wrapper", part, "2026/11/21", "10:00:00"};
      for (int i = 0; i < texts.length; i++) {
        out.writeByte('a' + i);
        out.writeShort(texts[i].length() + 1);
        out.write((texts[i] + "\0").getBytes(US_ASCII));
      }
      out.writeByte('e');
      out.writeInt(40);
      out.write(HexFormat.of().parseHex("ff".repeat(32) + "aa995566" + "20000000"));
      return Files.write(folder.resolve("fabriq.bit"), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An xclbin of the first kernels for a part. */
  public static XclbinContent info(Path folder, String part, int kernels) {
    Path file = folder.resolve("board.xclbin");
    new BitstreamXclbin(
            bitstream(folder, part),
            "fabriq_test",
            100,
            KernelDescriptor.all().subList(0, kernels),
            null,
            0x40000000L,
            512)
        .write(file, Map.of());
    return XclbinChecker.check(file, XclbinTarget.HW);
  }

  /** An xclbin for a shell; null for one that states no interface. */
  public static XclbinContent ofShell(Path folder, String platform, String interfaceUuid) {
    Path file = folder.resolve("card.xclbin");
    new BitstreamXclbin(
            bitstream(folder, "xcu50-fsvh2104-2-e"),
            platform,
            300,
            KernelDescriptor.all(),
            "alveo",
            0x800000L,
            8192)
        .write(file, Map.of());
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (interfaceUuid != null) {
        System.arraycopy(
            HexFormat.of().parseHex(interfaceUuid),
            0,
            bytes,
            AxlfLayout.INTERFACE_UUID,
            AxlfLayout.UUID_BYTES);
      }
      return XclbinChecker.checkAlone(bytes, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
