// SPDX-License-Identifier: Apache-2.0
extern "C" void seed(const int *in,  // finds: descriptor
                     unsigned *out,  // finds: descriptor
                     long n) {       // finds: descriptor
#pragma HLS INTERFACE mode = m_axi port = in bundle = gmem_in depth = 64 offset = slave
#pragma HLS INTERFACE mode = m_axi port = out bundle = gmem_c depth = 64 offset = slave
#pragma HLS INTERFACE mode = s_axilite port = in
#pragma HLS INTERFACE mode = s_axilite port = out
#pragma HLS INTERFACE mode = s_axilite port = n
#pragma HLS INTERFACE mode = s_axilite port = return
#pragma HLS INTERFACE mode = ap_ctrl_hs port = return  // finds: descriptor
  out[0] = static_cast<unsigned>(in[n]);
}
