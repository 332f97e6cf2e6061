// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.SumOrderBound;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuLibrary;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.runtime.UnknownDeviceException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the contract suite does not look at: long K, many shapes, extreme scales, threads, words.
 */
class CpuDevicesTest {
  private static final long SEED = 11;

  @Test
  void everyLibraryIsFoundAndSaysWhatItRuns() {
    assertThat(CpuLibrary.all())
        .extracting(CpuLibrary::name)
        .containsExactly("java", "onednn", "onnxruntime", "openblas", "vector");
    for (CpuLibrary library : CpuLibrary.all()) {
      try (Device device = Device.open("cpu:" + library.name())) {
        assertThat(device.description()).containsPattern("[0-9]+\\.[0-9]+").contains("1 thread");
        assertThat(device.exact()).isEqualTo(library.name().matches("java|vector"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu:vector", "cpu:onednn", "cpu:openblas", "cpu:onnxruntime", "cpu"})
  void integersAreExactForLongSumsOfExtremes(String address) {
    int m = 5;
    int k = 3000;
    int n = 33;
    Int8Tensor a = Int8Tensor.allocate(m, k);
    Int8Tensor b = Int8Tensor.allocate(k, n);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < a.size(); i++) {
      a.set(i, (byte) (i % 3 == 0 ? random.nextInt(-128, 128) : -128));
    }
    for (int i = 0; i < b.size(); i++) {
      b.set(i, (byte) (i % 5 == 0 ? random.nextInt(-128, 128) : i % 2 == 0 ? 127 : -128));
    }
    int[] zeros = random.ints(n, -128, 128).toArray();
    WeightsI8I8 weights = WeightsI8I8.raw(b, 77, zeros, random.ints(n, -9999, 9999).toArray());
    Int32Tensor expected = Int32Tensor.allocate(m, n);
    new JavaMatmul(weights).multiply(a, expected);
    try (Device device = Device.open(address);
        MatmulKernel kernel = device.matmul(KernelType.I8I8);
        PreparedWeights prepared = kernel.prepare(weights)) {
      Int32Tensor c = Int32Tensor.allocate(m, n);
      kernel.multiply(a, prepared, c);
      assertThat(c.mismatches(expected)).as("seed %d", SEED).isZero();
    }
  }

  /** Libraries may multiply these in another way than those with negative codes, and faster. */
  @ParameterizedTest
  @ValueSource(ints = {-128, 127})
  void nonNegativeExtremesAreExactBesideNegativeOnes(int extreme) {
    int k = 1000;
    int n = 65;
    Int8Tensor b = Int8Tensor.allocate(k, n);
    for (int i = 0; i < b.size(); i++) {
      b.set(i, (byte) extreme);
    }
    WeightsI8I8 weights = WeightsI8I8.raw(b, 3, null, null);
    JavaMatmul reference = new JavaMatmul(weights);
    try (Device device = Device.open("cpu:onnxruntime");
        MatmulKernel kernel = device.matmul(KernelType.I8I8);
        PreparedWeights prepared = kernel.prepare(weights)) {
      Int8Tensor a = Int8Tensor.allocate(7, k);
      for (int i = 0; i < a.size(); i++) {
        a.set(i, (byte) 127);
      }
      for (int negativeAt : new int[] {-1, 0, a.size() - 1, 63, 64, -1}) {
        if (negativeAt >= 0) {
          a.set(negativeAt, (byte) -1);
        }
        Int32Tensor expected = Int32Tensor.allocate(7, n);
        reference.multiply(a, expected);
        Int32Tensor c = Int32Tensor.allocate(7, n);
        kernel.multiply(a, prepared, c);
        assertThat(c.mismatches(expected)).as("-1 at %d", negativeAt).isZero();
        if (negativeAt >= 0) {
          a.set(negativeAt, (byte) 127);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu:onednn", "cpu:onnxruntime", "cpu:openblas"})
  void manyShapesOfOneSetOfWeights(String address) {
    SplittableRandom random = new SplittableRandom(SEED);
    WeightsF32F32 weights =
        new WeightsF32F32(random(random, 70, 9), new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    JavaMatmul reference = new JavaMatmul(weights);
    try (Device device = Device.open(address);
        MatmulKernel kernel = device.matmul(KernelType.F32F32);
        PreparedWeights prepared = kernel.prepare(weights)) {
      for (int m = 1; m <= 40; m++) {
        Float32Tensor a = random(random, m, 70);
        Float32Tensor expected = Float32Tensor.allocate(m, 9);
        reference.multiply(a, expected);
        Float32Tensor c = Float32Tensor.allocate(m, 9);
        kernel.multiply(a, prepared, c);
        assertThat(SumOrderBound.violations(a, weights, expected, c)).as("M = %d", m).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu:onednn", "cpu:onnxruntime", "cpu:openblas", "cpu:vector"})
  void scalesTooExtremeToFoldAreAppliedAfterwards(String address) {
    Int8Tensor b = Int8Tensor.allocate(3, 2);
    for (int i = 0; i < b.size(); i++) {
      b.set(i, (byte) (i + 1));
    }
    float[] scale = {0x1p-120f, 0x1p120f};
    WeightsF32I8 weights = new WeightsF32I8(b, scale, null, new float[] {0, 0x1p100f});
    Float32Tensor a = Float32Tensor.of(new float[] {0x1p10f, 1, 1, 0x1p-3f, 2, 2}, 2, 3);
    Float32Tensor expected = Float32Tensor.allocate(2, 2);
    new JavaMatmul(weights).multiply(a, expected);
    try (Device device = Device.open(address);
        MatmulKernel kernel = device.matmul(KernelType.F32I8);
        PreparedWeights prepared = kernel.prepare(weights)) {
      Float32Tensor c = Float32Tensor.allocate(2, 2);
      kernel.multiply(a, prepared, c);
      assertThat(SumOrderBound.violations(a, weights, expected, c)).isZero();
    }
  }

  @Test
  void theBoundTellsWrongFromReordered() {
    SplittableRandom random = new SplittableRandom(SEED);
    WeightsF32F32 weights = new WeightsF32F32(random(random, 64, 4), null);
    Float32Tensor a = random(random, 2, 64);
    Float32Tensor expected = Float32Tensor.allocate(2, 4);
    new JavaMatmul(weights).multiply(a, expected);
    Float32Tensor c = Float32Tensor.allocate(2, 4);
    c.copyFrom(expected);
    c.set(0, Math.nextUp(c.get(0)));
    assertThat(SumOrderBound.violations(a, weights, expected, c)).isZero();
    c.set(1, c.get(1) + 1e-3f);
    c.set(2, Float.NaN);
    assertThat(SumOrderBound.violations(a, weights, expected, c)).isEqualTo(2);
  }

  @Test
  void severalThreadsGiveTheSameIntegers() {
    try (Device device = Device.open("cpu:onednn?threads=2")) {
      assertThat(device.description()).contains("2 threads");
    }
    try (Device device = Device.open("cpu:openblas?threads=2")) {
      assertThat(device.description()).contains("2 threads");
    }
  }

  @Test
  void wrongAddressesNameTheRemedy() {
    assertThatThrownBy(() -> Device.open("cpu:mkl"))
        .isInstanceOf(UnknownDeviceException.class)
        .hasMessageContaining("java, onednn, onnxruntime, openblas, vector");
    assertThatThrownBy(() -> Device.open("cpu:java?threads=2"))
        .isInstanceOf(UnknownDeviceException.class)
        .hasMessageContaining("cpu:onednn");
    assertThatThrownBy(() -> Device.open("cpu:onednn?threads=0")).hasMessageContaining("1..1024");
    assertThatThrownBy(() -> Device.open("cpu?cores=2")).hasMessageContaining("'cores'");
  }

  private static Float32Tensor random(SplittableRandom random, int rows, int columns) {
    Float32Tensor tensor = Float32Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
