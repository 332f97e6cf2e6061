// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

/**
 * Holds values in one unsigned byte each, as pixels are: a quarter of the memory of fp32. A channel
 * has 256 normalized values at most, which are looked up.
 *
 * @param bytes sample by sample; shared, not copied
 * @param offset of the first sample, in bytes
 * @param size values of a sample
 * @param tables the normalized value of each byte, for each channel
 */
record ByteValues(byte[] bytes, int offset, int count, int size, float[][] tables)
    implements SampleValues {
  /** Takes values as they are stored. */
  static ByteValues of(byte[] bytes, int count, int size) {
    return new ByteValues(bytes, 0, count, size, tables(Normalization.NONE, 1));
  }

  @Override
  public void copy(int sample, float[] into, int at) {
    int plane = size / tables.length;
    for (int channel = 0; channel < tables.length; channel++) {
      int from = offset + sample * size + channel * plane;
      int to = at + channel * plane;
      float[] table = tables[channel];
      for (int i = 0; i < plane; i++) {
        into[to + i] = table[bytes[from + i] & 0xff];
      }
    }
  }

  @Override
  public ByteValues range(int from, int to) {
    return new ByteValues(bytes, offset + from * size, to - from, size, tables);
  }

  @Override
  public ByteValues normalized(Normalization normalization, int channels) {
    return new ByteValues(bytes, offset, count, size, tables(normalization, channels));
  }

  /** Makes one table where all channels are normalized alike, else one for each. */
  private static float[][] tables(Normalization normalization, int channels) {
    int count = normalization.means().size() > 1 ? channels : 1;
    float[] all = new float[count * 256];
    for (int i = 0; i < all.length; i++) {
      all[i] = i % 256;
    }
    normalization.apply(all, 0, all.length, count);
    float[][] tables = new float[count][256];
    for (int channel = 0; channel < count; channel++) {
      System.arraycopy(all, channel * 256, tables[channel], 0, 256);
    }
    return tables;
  }
}
