// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the three testbenches share: memory as a kernel sees it, and the comparison with the
// reference.

#include <algorithm>
#include <iostream>

#include "device_words.hpp"
#include "matmul/bus_word.hpp"

namespace testbench {

constexpr std::size_t kDepth = 131072;  // of the m_axi ports, in words: what cosimulation transfers

/// A kernel argument's memory: pitched rows, and a pattern everywhere else.
class Memory {
 public:
  static constexpr unsigned char kUntouched = 0xA5;

  /// Forgets everything and makes room for rows of `bytes` bytes.
  void reset(int rows, std::size_t bytes) {
    pitch_ = (bytes + matmul::kRowPitch - 1) / matmul::kRowPitch * matmul::kRowPitch;
    const std::size_t needed = static_cast<std::size_t>(rows) * pitch_ / matmul::kBusBytes;
    const std::size_t used = std::max(used_, needed + 64);
    words_.resize(std::max(kDepth, std::max(words_.size(), used)));
    std::memset(words_.data(), kUntouched, used * matmul::kBusBytes);
    used_ = needed + 64;
  }

  template <typename T>
  void fill(const std::vector<T> &dense, int rows, int columns) {
    fill_rows(dense, rows, columns * static_cast<int>(sizeof(T)));
  }

  /// \param bytes of a dense row
  template <typename T>
  void fill_rows(const std::vector<T> &dense, int rows, int bytes) {
    const auto size = static_cast<std::size_t>(bytes);
    reset(rows, size);
    for (int r = 0; r < rows; ++r) {
      std::memcpy(row(r),
                  reinterpret_cast<const unsigned char *>(dense.data()) +
                      static_cast<std::size_t>(r) * size,
                  size);
    }
  }

  unsigned char *row(int r) {
    return reinterpret_cast<unsigned char *>(words_.data()) + static_cast<std::size_t>(r) * pitch_;
  }

  /// True if row padding is untouched or zero and nothing behind the rows was written.
  bool intact(int rows, std::size_t bytes) {
    for (int r = 0; r < rows; ++r) {
      for (std::size_t i = bytes; i < pitch_; ++i) {
        if (row(r)[i] != 0 && row(r)[i] != kUntouched) {
          return false;
        }
      }
    }
    for (const unsigned char *p = row(rows), *end = p + 64; p < end; ++p) {
      if (*p != kUntouched) {
        return false;
      }
    }
    return true;
  }

  matmul::BusWord *words() { return words_.data(); }

 private:
  std::vector<matmul::BusWord> words_;
  std::size_t pitch_ = 0;
  std::size_t used_ = kDepth;
};

struct Memories {
  Memory a;
  Memory b;
  Memory columns;
  Memory c;
};

/// Counts the elements of C that differ from the expected words, and reports the first.
/// \param bytes of an element of C: 4, or 1 for int8
/// \param same equality of two 32-bit words
template <typename Same>
int mismatches(const problems::Problem &problem, Memory &c, int bytes,
               const std::vector<std::uint32_t> &expected, Same same) {
  int count = 0;
  for (int i = 0; i < problem.m; ++i) {
    for (int j = 0; j < problem.n; ++j) {
      const unsigned char *element = c.row(i) + j * bytes;
      std::uint32_t found = static_cast<std::uint32_t>(static_cast<std::int8_t>(*element));
      if (bytes == 4) {
        std::memcpy(&found, element, sizeof found);
      }
      const std::uint32_t wanted = expected[problems::at(i, problem.n, j)];
      if (!same(found, wanted) && count++ == 0) {
        std::cout << problem.line << ": C(" << i << ", " << j << ") is 0x" << std::hex << found
                  << ", expected 0x" << wanted << std::dec << "\n";
      }
    }
  }
  if (!c.intact(problem.m, static_cast<std::size_t>(problem.n) * static_cast<std::size_t>(bytes))) {
    std::cout << problem.line << ": memory outside C was written\n";
    ++count;
  }
  return count;
}

/// Runs every problem of the list that the kernel serves; returns main's status.
/// \param run mismatches of (problem, memories)
template <typename Run>
int run_problems(problems::Kernel kernel, int argc, char **argv, Run run) {
  int count = 0;
  int failed = 0;
  Memories memories;
  try {
    for (const auto &problem : problems::read_problems(argc > 1 ? argv[1] : "shapes_matmul.txt")) {
      if (problem.serves(kernel)) {
        ++count;
        failed += run(problem, memories) == 0 ? 0 : 1;
      }
    }
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
  std::cout << count << " problems, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace testbench
