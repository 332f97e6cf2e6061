// SPDX-License-Identifier: Apache-2.0

// A host program of XRT that knows nothing of FabriQ: host XCLBIN

#include <xrt/xrt_bo.h>
#include <xrt/xrt_device.h>
#include <xrt/xrt_kernel.h>

#include <cstdio>
#include <exception>

int main(int argc, char **argv) {
  constexpr int kCount = 1000;
  constexpr std::size_t kBytes = kCount * sizeof(int);
  if (argc != 2) {
    std::fprintf(stderr, "usage: host XCLBIN\n");
    return 2;
  }
  try {
    xrt::device device(0);
    const xrt::uuid uuid = device.load_xclbin(argv[1]);
    xrt::kernel kernel(device, uuid, "vector_add");
    xrt::bo a(device, kBytes, kernel.group_id(0));
    xrt::bo b(device, kBytes, kernel.group_id(1));
    xrt::bo c(device, kBytes, kernel.group_id(2));
    for (int i = 0; i < kCount; ++i) {
      a.map<int *>()[i] = i;
      b.map<int *>()[i] = 7 * i;
    }
    a.sync(XCL_BO_SYNC_BO_TO_DEVICE);
    b.sync(XCL_BO_SYNC_BO_TO_DEVICE);
    xrt::run run = kernel(a, b, c, kCount);
    run.wait();
    c.sync(XCL_BO_SYNC_BO_FROM_DEVICE);
    int wrong = 0;
    for (int i = 0; i < kCount; ++i) {
      wrong += c.map<int *>()[i] != 8 * i;
    }
    std::printf("%d sums, %d wrong\n", kCount, wrong);
    return wrong == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "host: %s\n", error.what());
    return 1;
  }
}
