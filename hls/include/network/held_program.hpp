// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which program the stores of a compute unit hold. The host gives programs a new id whenever it
// prepares one, so equal ids are equal programs; 0 stands for no id. On the host addresses are
// compared too; in synthesis a pointer of an m_axi port has no value.

#include "network/header.hpp"

namespace overlay {

struct ProgramKey {
  std::uint32_t id;  // 0: none
#if !defined(__SYNTHESIS__)
  const matmul::BusWord *program;
#endif
};

inline ProgramKey program_key(std::uint32_t id, const matmul::BusWord *program) {
#pragma HLS INLINE
  ProgramKey key = {};
  key.id = id;
#if !defined(__SYNTHESIS__)
  key.program = program;
#endif
  return key;
}

struct HeldProgram {
  ProgramKey key;
  Header header;
};

inline bool is_held(const HeldProgram &held, const ProgramKey &key) {
#pragma HLS INLINE
  bool same = key.id != 0 && held.key.id == key.id;
#if !defined(__SYNTHESIS__)
  same = same && held.key.program == key.program;
#endif
  return same;
}

}  // namespace overlay
