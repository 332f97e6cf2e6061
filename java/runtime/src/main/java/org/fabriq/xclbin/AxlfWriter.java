// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts sections into the container; the UUID is made of the content. */
final class AxlfWriter {
  private final XclbinTarget target;
  private final String platform;
  private final long timeStamp;
  private final Map<SectionKind, byte[]> sections = new LinkedHashMap<>();

  /**
   * @param platform at most 63 characters of ASCII
   * @param timeStamp seconds since 1970
   */
  AxlfWriter(XclbinTarget target, String platform, long timeStamp) {
    this.target = target;
    this.platform = platform;
    this.timeStamp = timeStamp;
  }

  AxlfWriter section(SectionKind kind, byte[] content) {
    sections.put(kind, content);
    return this;
  }

  byte[] bytes() {
    int start =
        AxlfLayout.aligned(AxlfLayout.SECTION_HEADERS + sections.size() * AxlfLayout.HEADER_BYTES);
    int length = start;
    for (byte[] content : sections.values()) {
      length = Math.addExact(AxlfLayout.aligned(length), content.length);
    }
    ByteBuffer xclbin = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header(xclbin);
    int header = AxlfLayout.SECTION_HEADERS;
    int offset = start;
    for (Map.Entry<SectionKind, byte[]> section : sections.entrySet()) {
      offset = AxlfLayout.aligned(offset);
      xclbin.putInt(header, section.getKey().number());
      xclbin.putLong(header + AxlfLayout.HEADER_OFFSET, offset);
      xclbin.putLong(header + AxlfLayout.HEADER_SIZE, section.getValue().length);
      xclbin.put(offset, section.getValue());
      offset += section.getValue().length;
      header += AxlfLayout.HEADER_BYTES;
    }
    return xclbin.put(AxlfLayout.UUID, Digest.xclbinUuid(xclbin.array())).array();
  }

  private void header(ByteBuffer xclbin) {
    xclbin.put(0, AxlfLayout.MAGIC);
    xclbin.putInt(AxlfLayout.SIGNATURE_LENGTH, -1);
    for (int i = 0; i < AxlfLayout.RESERVED_BYTES; i++) {
      xclbin.put(AxlfLayout.RESERVED + i, (byte) 0xff);
    }
    xclbin.putLong(AxlfLayout.LENGTH, xclbin.capacity());
    xclbin.putLong(AxlfLayout.TIME_STAMP, timeStamp);
    xclbin.put(AxlfLayout.VERSION_MAJOR, (byte) 2);
    xclbin.put(AxlfLayout.VERSION_MINOR, (byte) 13);
    xclbin.putShort(AxlfLayout.MODE, (short) target.mode());
    xclbin.put(AxlfLayout.VBNV, platform.getBytes(US_ASCII));
    xclbin.putInt(AxlfLayout.SECTION_COUNT, sections.size());
  }
}
