// SPDX-License-Identifier: Apache-2.0
#pragma once

// The problem list shapes_matmul.txt, whose head defines the grammar.

#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace problems {

enum class Kernel { kF32F32, kF32I8, kI8I8 };

struct Problem {
  std::string line;
  int m = 0;
  int k = 0;
  int n = 0;
  std::string data;
  int zero_a = 0;
  int zero_b = 0;
  bool random_zero_b = false;
  int zero_c = 0;
  int clamp_min = -128;
  int clamp_max = 127;
  bool raw = false;  // int32 output
  bool bias = true;
  int b_bits = 8;
  std::uint64_t seed = 1;

  bool serves(Kernel kernel) const { return data != "special" || kernel != Kernel::kI8I8; }
};

inline void set_option(Problem &problem, const std::string &key, const std::string &value) {
  if (key == "zero_a") {
    problem.zero_a = std::stoi(value);
  } else if (key == "zero_b" && value == "random") {
    problem.random_zero_b = true;
  } else if (key == "zero_b") {
    problem.zero_b = std::stoi(value);
  } else if (key == "zero_c") {
    problem.zero_c = std::stoi(value);
  } else if (key == "clamp" && value.find("..") != std::string::npos) {
    problem.clamp_min = std::stoi(value);
    problem.clamp_max = std::stoi(value.substr(value.find("..") + 2));
  } else if (key == "output" && (value == "i8" || value == "i32")) {
    problem.raw = value == "i32";
  } else if (key == "bias" && value == "no") {
    problem.bias = false;
  } else if (key == "b_bits" && (value == "8" || value == "4" || value == "2")) {
    problem.b_bits = std::stoi(value);
  } else if (key == "seed") {
    problem.seed = std::stoull(value);
  } else {
    throw std::runtime_error("unknown option " + key + "=" + value);
  }
}

inline Problem parse_problem(const std::string &line) {
  Problem problem;
  problem.line = line;
  std::istringstream words(line);
  if (!(words >> problem.m >> problem.k >> problem.n >> problem.data)) {
    throw std::runtime_error("expected `M K N data` but found `" + line + "`");
  }
  static const std::string kinds = " random minimum ties saturate zeros alternating special ";
  if (kinds.find(" " + problem.data + " ") == std::string::npos) {
    throw std::runtime_error("unknown data " + problem.data);
  }
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) {
      throw std::runtime_error("expected key=value but found " + word);
    }
    set_option(problem, word.substr(0, equals), word.substr(equals + 1));
  }
  return problem;
}

/// Every problem of the file; throws std::runtime_error if there are none or a line is malformed.
inline std::vector<Problem> read_problems(const std::string &path) {
  std::ifstream file(path);
  std::vector<Problem> problems;
  for (std::string line; std::getline(file, line);) {
    line = line.substr(0, line.find('#'));
    if (line.find_first_not_of(" \t\r") != std::string::npos) {
      problems.push_back(parse_problem(line));
    }
  }
  if (problems.empty()) {
    throw std::runtime_error("no problems in " + path);
  }
  return problems;
}

}  // namespace problems
