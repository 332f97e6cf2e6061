// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256, and UUIDs made of it. */
final class Digest {
  private Digest() {}

  /** Lower-case hex. */
  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** Of an xclbin's bytes, its UUID aside: the first 128 bits as RFC 9562, version 8. */
  static byte[] xclbinUuid(byte[] xclbin) {
    MessageDigest digest = sha256();
    digest.update(xclbin, 0, AxlfLayout.UUID);
    digest.update(new byte[AxlfLayout.UUID_BYTES]);
    int rest = AxlfLayout.UUID + AxlfLayout.UUID_BYTES;
    digest.update(xclbin, rest, xclbin.length - rest);
    byte[] uuid = Arrays.copyOf(digest.digest(), AxlfLayout.UUID_BYTES);
    uuid[6] = (byte) (uuid[6] & 0x0f | 0x80);
    uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
    return uuid;
  }

  /** As XRT prints a uuid. */
  static String uuidText(byte[] uuid) {
    String hex = HexFormat.of().formatHex(uuid);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
