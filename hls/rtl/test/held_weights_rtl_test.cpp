// SPDX-License-Identifier: Apache-2.0

// Weights that stay in a simulated kernel of the configuration small from call to call: they do if
// they fit and id, addresses, k, n and b_bits are those of the last call, and are loaded again if
// one is not. Reads of B and of the column parameters are counted. Other weights are loaded beside
// them only where they are of no use any more.

#include "kernel_under_test.hpp"

namespace {

using Calls = rtl::KernelCalls<rtl::Model>;

constexpr std::uint64_t kAlias = 0x4000000;  // beyond a matrix: where its memory is seen again

/// Counts the beats of each matrix; matrices have a GiB of addresses each.
class CountedMemory : public rtl::RegionMemory {
 public:
  std::uint8_t *at(std::uint64_t address, std::uint64_t bytes) override {
    ++accesses_[matrix(address)];
    return RegionMemory::at(address, bytes);
  }

  /// Of the matrix at this address, since the last call.
  int accesses(std::uint64_t address) { return std::exchange(accesses_[matrix(address)], 0); }

 private:
  static std::uint64_t matrix(std::uint64_t address) { return address >> 30; }

  std::map<std::uint64_t, int> accesses_;
};

class HeldWeights {
 public:
  int run() {
    const std::string first = "9 40 24 random";
    loaded("a first call", first, 5, {}, true);
    loaded("the same", first, 5, {}, false);
    loaded("A elsewhere", first, 5, {"a"}, false);
    loaded("another id", first, 6, {}, true);
    loaded("the first id again", first, 5, {}, true);
    loaded("id 0", first, 0, {}, true);
    loaded("id 0 again", first, 0, {}, true);
    loaded("the first id after id 0", first, 5, {}, true);
    loaded("B elsewhere", first, 5, {"b"}, true);
    loaded("B there again", first, 5, {"b"}, false);
    loaded("columns elsewhere too", first, 5, {"b", "columns"}, true);
    loaded("all back", first, 5, {}, true);
    loaded("a smaller K", "9 39 24 random", 5, {}, true);
    loaded("a greater K", first, 5, {}, true);
    loaded("a smaller N", "9 40 23 random", 5, {}, true);
    loaded("a greater N", first, 5, {}, true);
    if (rtl::kKind != problems::Kernel::kF32F32) {
      loaded("codes of 4 bits", first + " b_bits=4", 5, {}, true);
      loaded("codes of 4 bits again", first + " b_bits=4", 5, {}, false);
      loaded("codes of 2 bits", first + " b_bits=2", 5, {}, true);
      loaded("codes of 8 bits", first, 5, {}, true);
    }
    loaded("a K beyond every store", "1 4200 3 random", 9, {}, true);
    loaded("the same K again", "1 4200 3 random", 9, {}, true);
    loaded("an N beyond every store", "1 3 2100 random", 10, {}, true);
    loaded("the same N again", "1 3 2100 random", 10, {}, true);
    loaded("the first weights", first, 5, {}, true);
    loaded("and again", first, 5, {}, false);
    around_the_store();
    const bool int8 = rtl::kKind == problems::Kernel::kI8I8;
    replaced_at_work(int8 ? "3 2048 32" : "24 256 32");
    replaced_at_work(int8 ? "8 128 512" : "24 64 128");
    std::cout << calls_made_ << " calls: " << failed_ << " failed\n";
    return failed_;
  }

 private:
  /// \param elsewhere the arguments that get the address of a second view of their memory
  void loaded(const char *what, const std::string &line, std::uint32_t id,
              const std::vector<std::string> &elsewhere, bool wanted) {
    rtl::Call call(problems::parse_problem(line), memory_, 0, id);
    rtl::Arguments arguments = call.arguments();
    for (auto &[name, value] : arguments) {
      for (const std::string &moved : elsewhere) {
        value += name == moved ? alias(value) : 0;
      }
    }
    run(call, arguments);
    const bool b = memory_.accesses(arguments[1].second) > 0;
    const bool columns = memory_.accesses(arguments[2].second) > 0;
    if (b != wanted || columns != wanted) {
      std::cout << what << ": " << (wanted ? "not loaded" : "loaded") << " (B " << b << ", columns "
                << columns << ")\n";
      ++failed_;
    }
  }

  /// Whether the stores of configurations/small.sv hold B whole.
  static bool fits(int k, int n) {
    const auto tiles = [](int sides, int by) { return (sides + by - 1) / by; };
    if (rtl::kKind == problems::Kernel::kI8I8) {
      return k <= 2048 && tiles(k, 8) * tiles(n, 16) <= 512;
    }
    return tiles(n, 32) <= 4 && k * tiles(n, 32) <= 256;
  }

  /// Weights that fill the stores to the last place, or just do not fit, each twice.
  void around_the_store() {
    const bool int8 = rtl::kKind == problems::Kernel::kI8I8;
    const std::vector<int> depths = int8 ? std::vector<int>{1024, 1025, 2048, 2049}
                                         : std::vector<int>{64, 65, 128, 129, 256, 257};
    std::uint32_t id = 100;
    for (const int k : depths) {
      for (const int n : {16, 32, 33, 64, 65, 128, 129}) {
        const std::string shape = "3 " + std::to_string(k) + " " + std::to_string(n);
        loaded(shape.c_str(), shape + " random", ++id, {}, true);
        loaded((shape + " again").c_str(), shape + " random", id, {}, !fits(k, n));
      }
    }
  }

  /// Weights that fill the stores serve a second call while those of a third wait to replace them.
  void replaced_at_work(const std::string &shape) {
    rtl::Call kept(problems::parse_problem(shape + " random"), memory_, 0, 200);
    rtl::Call next(problems::parse_problem(shape + " random seed=2"), memory_, 1, 201);
    const std::uint64_t patience = 3 * kept.patience();
    for (rtl::Call *call : {&kept, &kept, &next}) {
      ++calls_made_;
      calls_.set(call->arguments());
      calls_.start();
      calls_.wait_taken(patience);
    }
    for (int i = 0; i < 3; ++i) {
      calls_.wait_done(patience);
    }
    failed_ += (kept.mismatches() == 0 ? 0 : 1) + (next.mismatches() == 0 ? 0 : 1);
  }

  void run(rtl::Call &call, const rtl::Arguments &arguments) {
    ++calls_made_;
    calls_.set(arguments);
    calls_.start();
    calls_.wait_done(call.patience());
    failed_ += call.mismatches() == 0 ? 0 : 1;
  }

  /// \return how far from the address its memory, up to 1 MiB, can be seen again
  std::uint64_t alias(std::uint64_t address) {
    memory_.place(address + kAlias, memory_.RegionMemory::at(address, 1), 1 << 20);
    return kAlias;
  }

  CountedMemory memory_;
  rtl::KernelSimulation<rtl::Model> simulation_{memory_, rtl::unshared()};
  Calls calls_{simulation_, *fabriq::kernel_descriptor(rtl::kKernel)};
  int calls_made_ = 0;
  int failed_ = 0;
};

}  // namespace

int main() {
  try {
    return HeldWeights().run() == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
