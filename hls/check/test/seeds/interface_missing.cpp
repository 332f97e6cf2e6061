// SPDX-License-Identifier: Apache-2.0
extern "C" void seed(const int *in,
                     int *out,  // finds: interface-missing, descriptor
                     int n) {   // finds: interface-missing
#pragma HLS INTERFACE m_axi port = in bundle = gmem_in offset = slave  // finds: interface-missing
#pragma HLS INTERFACE mode = s_axilite port = in
#pragma HLS INTERFACE mode = s_axilite port = out
#pragma HLS INTERFACE mode = s_axilite port = return
#pragma HLS INTERFACE mode = ap_ctrl_chain port = return
  out[0] = in[n];
}
