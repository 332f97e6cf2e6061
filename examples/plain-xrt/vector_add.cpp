// SPDX-License-Identifier: Apache-2.0

// A kernel as for Vitis HLS; what follows it is for emulation.

#include "fabriq/export_kernels.hpp"

extern "C" void vector_add(const int *a, const int *b, int *c, int count) {
#pragma HLS interface m_axi port = a bundle = gmem_a
#pragma HLS interface m_axi port = b bundle = gmem_b
#pragma HLS interface m_axi port = c bundle = gmem_c
  for (int i = 0; i < count; ++i) {
    c[i] = a[i] + b[i];
  }
}

FABRIQ_EXPORT_KERNELS(FABRIQ_KERNEL(vector_add, "ap_ctrl_hs"))
