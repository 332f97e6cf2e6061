// SPDX-License-Identifier: Apache-2.0
#include "resident_network.hpp"

#include "resident_id.hpp"

namespace fabriq {
namespace {

int argument(const char *name) { return argument_index(*run_kernel(kNetworkI8).descriptor, name); }

}  // namespace

ResidentNetwork::ResidentNetwork(Device &device, const NetworkRequest &request)
    : sizes_(check_program(request.program, request.program_bytes)),
      device_bytes_(static_cast<std::size_t>(request.program_bytes)),
      id_(static_cast<std::int32_t>(next_resident_id())) {
  const auto image = MatrixRows::with_pitch(1, device_bytes_, kernel().descriptor->row_pitch);
  program_ = upload(device, *kernel().descriptor, argument("program"), image, request.program);
}

void ResidentNetwork::set_arguments(Run &run) const {
  static const int program = argument("program");
  static const int program_id = argument("program_id");
  run.set(program, *program_);
  run.set(program_id, id_);
}

}  // namespace fabriq
