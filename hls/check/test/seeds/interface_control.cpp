// SPDX-License-Identifier: Apache-2.0
extern "C" void seed(  // finds: interface-control, interface-missing
    const int *in, int *out, int n) {
#pragma HLS INTERFACE mode = m_axi port = in bundle = gmem_in depth = 64 offset = slave
#pragma HLS INTERFACE mode = m_axi port = out bundle = gmem_out depth = 64 offset = slave
#pragma HLS INTERFACE mode = s_axilite port = in
#pragma HLS INTERFACE mode = s_axilite port = out bundle = other
#pragma HLS INTERFACE mode = s_axilite port = n offset = 0x28  // finds: interface-control
  out[0] = in[n];
}
