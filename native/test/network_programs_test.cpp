// SPDX-License-Identifier: Apache-2.0

// Programs that are wrong: refused before anything is sent, or ended by the kernel with a status
// that the text names. Either way the device stays usable.

#include <random>

#include "network_fixture.hpp"

namespace {

using abi::Bytes;
using abi::Device;
using abi::Network;
using abi::planned_networks;
using abi::put_word;

constexpr std::size_t kResultWords = 52;  // where the header has them

void refuses(fabriq_device *device, const Bytes &program, const std::string &text) {
  fabriq_network *network = nullptr;
  CHECK_EQUAL(abi::prepare(device, program, &network), FABRIQ_INVALID_ARGUMENT);
  CHECK(network == nullptr);
  CHECK_CONTAINS(fabriq_last_error(), text);
  CHECK_CONTAINS(fabriq_last_error(), "plan the network again");
}

TEST(every_number_of_the_header_has_limits) {
  const Device device;
  const Bytes &right = planned_networks()[0].program;
  const struct {
    std::size_t word;
    std::uint32_t value;
    const char *text;
  } wrong[] = {{0, 0x4e514147, "magic is 1313947975"},
               {1, 2, "version is 2"},
               {2, 0, "records is 0; the limits are 1 to 64"},
               {2, 65, "records is 65"},
               {3, 1025, "weights is 1025"},
               {4, 1025, "taps is 1025; the limits are 0 to 1024"},
               {5, 513, "columns is 513"},
               {6, 9, "tables is 9; the limits are 0 to 8"},
               {7, 0, "image_words is 0"},
               {7, 65536, "image_words is 65536"},
               {8, 1024, "base is 1024"},
               {9, 1024, "second_base is 1024"},
               {10, 1024, "pitch is 1024"},
               {11, 0, "blocks is 0"},
               {11, 256, "blocks is 256"},
               {12, 2, "twice is 2"},
               {13, 0, "result_words is 0"},
               {13, 65536, "result_words is 65536"},
               {14, 1, "reserved is 1"}};
  for (const auto &each : wrong) {
    Bytes program = right;
    put_word(program, 4 * each.word, each.value);
    network::seal_header(program.data());
    refuses(device, program, each.text);
  }
}

TEST(a_program_may_have_as_many_rows_of_taps_as_records_can_name) {
  constexpr std::size_t kMost = 1024;
  const Device device;
  abi::PlannedNetwork planned = planned_networks()[0];
  Bytes &program = planned.program;
  const std::size_t taps = abi::word_of(program, 16);
  const std::size_t end =
      64 * (1 + abi::word_of(program, 8) + 8 * std::size_t{abi::word_of(program, 12)} + taps);
  program.insert(program.begin() + static_cast<std::ptrdiff_t>(end), 64 * (kMost - taps), 0);
  put_word(program, 16, kMost);
  network::seal_header(program.data());
  Network(device, planned).check_run();
}

TEST(sums_and_sizes_are_checked) {
  const Device device;
  const Bytes &right = planned_networks()[0].program;
  Bytes program = right;
  put_word(program, kResultWords, abi::word_of(program, kResultWords) + 1);
  refuses(device, program, "add up to");
  for (const std::size_t size :
       {std::size_t(0), std::size_t(63), std::size_t(64), right.size() - 1, right.size() + 64}) {
    program = right;
    program.resize(size);
    refuses(device, program, "it has " + std::to_string(size) + " bytes");
  }
  program = right;
  program[70] ^= 1;
  refuses(device, program, "record 0: its bytes add up to");
}

/// Sets bits of the first record, the lowest bit of the record being number 0.
Bytes with_field(Bytes program, unsigned first, unsigned bits, unsigned value) {
  for (unsigned bit = 0; bit < bits; ++bit) {
    std::uint8_t &byte = program[64 + (first + bit) / 8];
    const auto mask = static_cast<std::uint8_t>(1U << (first + bit) % 8);
    byte = static_cast<std::uint8_t>((value >> bit & 1) != 0 ? byte | mask : byte & ~mask);
  }
  network::seal_record(program, 0);
  return program;
}

TEST(fields_of_records_are_checked) {
  const Device device;
  const Bytes &right = planned_networks()[0].program;
  refuses(device, with_field(right, 0, 2, 3), "record 0: kind is 3; it must be 0 to 2");
  refuses(device, with_field(right, 2, 2, 3), "folds_log2 is 3");
  refuses(device, with_field(right, 32, 8, 0), "in_blocks is 0; it must be 1 or more");
  refuses(device, with_field(right, 66, 6, 0), "kernel_width is 0");
  refuses(device, with_field(right, 496, 8, 2), "version is 2; it must be 1");
  Bytes program = right;
  const bool one = abi::word_of(program, 8) == 1;
  refuses(device, with_field(right, 9, 1, one ? 0 : 1), "record 0: last is");
}

TEST(more_or_fewer_results_than_the_header_says_end_with_status_9) {
  const Device device;
  const auto &planned = planned_networks()[0];
  const Network right(device, planned);
  for (const std::uint32_t more : {1U, 7U}) {
    Bytes program = planned.program;
    const std::uint32_t words = abi::word_of(program, kResultWords) + more;
    put_word(program, kResultWords, words);
    network::seal_header(program.data());
    fabriq_network *network = nullptr;
    abi::succeed(abi::prepare(device, program, &network));
    Bytes results(8 * words * static_cast<std::size_t>(planned.chunks), 0xA5);
    const Bytes untouched = results;
    CHECK_EQUAL(
        fabriq_network_run(network, planned.chunks, planned.images.data(),
                           static_cast<std::int64_t>(planned.images.size()), results.data(),
                           static_cast<std::int64_t>(results.size()), abi::kTimeout, nullptr),
        FABRIQ_DEVICE_FAILED);
    CHECK_CONTAINS(fabriq_last_error(), "network_i8 ended with status 9");
    CHECK_CONTAINS(fabriq_last_error(), "words of results");
    CHECK(results == untouched);
    right.check_run();
    abi::succeed(fabriq_network_release(network));
  }
}

/// Programs with wrong bits, their sums made right: refused, ended or run, and the next one is
/// right.
TEST(wrong_bits_end) {
  const Device device;
  const std::uint32_t seed = 20260101;
  std::cout << "wrong bits: seed " << seed << "\n";
  std::mt19937 random(seed);
  int refused = 0;
  int failed = 0;
  int ran = 0;
  for (int i = 0; i < 300; ++i) {
    const auto &planned = planned_networks()[random() % planned_networks().size()];
    Bytes program = planned.program;
    const std::size_t records = abi::word_of(program, 8);
    const std::size_t record = random() % records;
    const std::size_t byte = random() % 63;
    network::flip(program, record + 1, byte, static_cast<std::uint8_t>(1U << random() % 8), true);
    fabriq_network *network = nullptr;
    const fabriq_status prepared = abi::prepare(device, program, &network);
    if (prepared != FABRIQ_OK) {
      CHECK_EQUAL(prepared, FABRIQ_INVALID_ARGUMENT);
      ++refused;
      continue;
    }
    Bytes results(planned.results.size());
    const fabriq_status status =
        fabriq_network_run(network, planned.chunks, planned.images.data(),
                           static_cast<std::int64_t>(planned.images.size()), results.data(),
                           static_cast<std::int64_t>(results.size()), abi::kTimeout, nullptr);
    if (status != FABRIQ_OK) {
      CHECK_EQUAL(status, FABRIQ_DEVICE_FAILED);
      CHECK_CONTAINS(fabriq_last_error(), "ended with status");
      ++failed;
    } else {
      ++ran;
    }
    abi::succeed(fabriq_network_release(network));
    Network(device, planned).check_run();
  }
  std::cout << refused << " refused, " << failed << " ended with a status, " << ran << " ran\n";
  CHECK(refused > 0 && failed > 0 && ran > 0);
}

}  // namespace

int main() { return check::run_tests(); }
