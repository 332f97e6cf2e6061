// SPDX-License-Identifier: Apache-2.0
// clang-format off
extern "C" void seed(const int *in, int *out, int n) {
#pragma HLS INTERFACE m_axi port = in bundle = gmem_in depth = 64 offset = slave
#pragma HLS INTERFACE m_axi port=out bundle=gmem_out depth=64 \
    offset=direct  // finds: interface-missing
// clang-format on
#pragma HLS INTERFACE mode = s_axilite port = in
#pragma HLS INTERFACE mode = s_axilite port = out
#pragma HLS INTERFACE mode = s_axilite port = n
#pragma HLS INTERFACE mode = s_axilite port = return
#pragma HLS INTERFACE mode = ap_ctrl_chain port = return
  out[0] = in[n];
}
