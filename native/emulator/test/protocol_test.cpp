// SPDX-License-Identifier: Apache-2.0

// The message codec, the metadata reader, the cycle model and the registers of arguments, by
// themselves.

#include <cmath>

#include "../../test/check.hpp"
#include "argument_registers.hpp"
#include "cycle_model.hpp"
#include "design.hpp"
#include "fabriq/kernel_numbers.hpp"
#include "small_matmul.hpp"
#include "wire.hpp"

using namespace emulator;

namespace {

std::string_view view(const MessageWriter &writer) {
  return {reinterpret_cast<const char *>(writer.message().data()), writer.message().size()};
}

template <typename Error, typename Body>
std::string message_of(const Body &body) {
  try {
    body();
  } catch (const Error &error) {
    return error.what();
  }
  return "nothing was thrown";
}

std::string unit(const std::string &attributes) {
  return "<kernel name=\"k\"><instance name=\"k_1\"><addrRemap " + attributes +
         "/></instance></kernel>";
}

RunCycles cycles_of(int kernel, const std::vector<std::uint64_t> &arguments,
                    const std::vector<std::uint64_t> &last = {}) {
  return matmul_cycles(*fabriq::kernel_descriptor(kernel), arguments, last);
}

}  // namespace

TEST(messages_come_back_as_they_were_written) {
  MessageWriter writer;
  writer.number(1, 0).number(2, 127).number(3, 128).number(4, ~std::uint64_t{0});
  writer.bytes(5, "").bytes(16, std::string(300, 'x')).number(1000, 5);
  const Message message(view(writer));
  CHECK_EQUAL(message.required_number(1), 0u);
  CHECK_EQUAL(message.number(2), 127u);
  CHECK_EQUAL(message.number(3), 128u);
  CHECK_EQUAL(message.number(4), ~std::uint64_t{0});
  CHECK(message.bytes(5).empty());
  CHECK_EQUAL(message.bytes(16), std::string(300, 'x'));
  CHECK_EQUAL(message.number(1000), 5u);
  CHECK_EQUAL(message.number(7), 0u);
}

TEST(known_encoding) {
  MessageWriter writer;
  writer.number(1, 1).bytes(2, std::string_view("\x06\0\0\0", 4));
  CHECK(view(writer) == std::string_view("\x08\x01\x12\x04\x06\0\0\0", 8));
}

TEST(fields_of_other_types_are_skipped) {
  const Message message(std::string_view("\x09\1\2\3\4\5\6\7\x08\x15\1\2\3\4\x18\x2A", 16));
  CHECK_EQUAL(message.number(3), 42u);
}

TEST(broken_messages_are_refused) {
  const std::string broken[] = {"\x08",
                                "\x12\x05"
                                "abc",
                                std::string("\x09\0\0", 3),
                                "\x0B",
                                std::string("\0\0", 2),
                                std::string(11, '\xFF')};
  for (const std::string &bytes : broken) {
    CHECK(message_of<ProtocolError>([&] { Message{bytes}; }) != "nothing was thrown");
  }
  CHECK_CONTAINS(message_of<ProtocolError>([] { Message("").required_number(3); }), "field 3");
}

TEST(metadata_names_the_units) {
  const std::vector<PlacedUnit> units = read_design(emulator_test::kMetadata);
  CHECK_EQUAL(units.size(), 2u);
  CHECK_EQUAL(units[1].kernel, "matmul_i8i8");
  CHECK_EQUAL(units[1].instance, "matmul_i8i8_1");
  CHECK_EQUAL(units[1].base, emulator_test::kUnitBase);
  CHECK_EQUAL(units[1].range, 0x10000u);
}

TEST(broken_metadata_is_refused) {
  const struct {
    std::string text;
    const char *reason;
  } cases[] = {
      {"", "no compute unit"},
      {"<kernel", "malformed"},
      {"<kernel name=k>", "malformed"},
      {"<kernel name=\"k>", "malformed"},
      {"<kernel language=\"c\"><instance name=\"k_1\">", "has no name"},
      {unit("base=\"0x1z\" range=\"0x10000\""), "not a number"},
      {unit("base=\"-16\" range=\"0x10000\""), "not a number"},
      {unit("base=\"0x10\""), "has no range"},
      {unit("base=\"0x10\" range=\"8\""), "no room"},
      {unit("base=\"0x0\" range=\"0x20\"") + unit("base=\"0x10\" range=\"0x20\""), "overlap"}};
  for (const auto &entry : cases) {
    CHECK_CONTAINS(message_of<std::runtime_error>([&] { read_design(entry.text); }), entry.reason);
  }
}

TEST(cycles_of_the_documented_shape) {
  const std::vector<std::uint64_t> f32f32 = {0, 0, 0, 0, 64, 128, 64, 7};
  const std::vector<std::uint64_t> f32i8 = {0, 0, 0, 0, 64, 128, 64, 8, 7};
  const std::vector<std::uint64_t> i8i8 = {0, 0, 0, 0, 64, 128, 64, 1, 0, 0, 0, 8, 7};
  CHECK(cycles_of(0, f32f32) == (RunCycles{12808, 8192, 0, 4160, 0}));
  CHECK(cycles_of(1, f32i8) == (RunCycles{9736, 8192, 0, 1088, 0}));
  CHECK(cycles_of(2, i8i8) == (RunCycles{2200, 1024, 0, 1088, 0}));
  CHECK(cycles_of(0, f32f32, f32f32) == (RunCycles{8776, 8192, 128, 0, 0}));
  CHECK(cycles_of(1, f32i8, f32i8) == (RunCycles{8776, 8192, 128, 0, 0}));
  CHECK(cycles_of(2, i8i8, i8i8) == (RunCycles{1184, 1024, 72, 0, 0}));
}

TEST(weights_are_held_only_if_all_that_tells_them_is_the_same) {
  const std::vector<std::uint64_t> last = {4096, 8192, 64, 0, 64, 128, 64, 1, 0, 0, 0, 8, 7};
  const auto busy = [&](std::size_t changed, std::uint64_t value) {
    std::vector<std::uint64_t> arguments = last;
    arguments[changed] = value;
    return cycles_of(2, arguments, last)[fabriq::kBusyCycles];
  };
  const std::uint64_t held = busy(0, 4096);
  for (const std::size_t free : {0, 3, 8, 9, 10}) {
    CHECK_EQUAL(busy(free, 64), held);
  }
  for (const auto &[index, value] :
       {std::pair{1, 4096}, {2, 128}, {11, 4}, {12, 8}, {12, 0}, {6, 63}, {5, 127}}) {
    CHECK(busy(static_cast<std::size_t>(index), static_cast<std::uint64_t>(value)) > held);
  }
  std::vector<std::uint64_t> large = last;
  large[5] = 4097;
  CHECK_EQUAL(cycles_of(2, large, large)[fabriq::kBusyCycles],
              cycles_of(2, large)[fabriq::kBusyCycles]);
}

std::uint64_t busy_cycles(int kernel, const std::vector<std::uint64_t> &arguments) {
  return cycles_of(kernel, arguments)[fabriq::kBusyCycles];
}

TEST(cycles_grow_with_the_shape) {
  const std::uint64_t one = busy_cycles(2, {0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 8, 0});
  CHECK_EQUAL(one, 64u + 8 + 8 + 2 + 8 + 64);
  CHECK(busy_cycles(2, {0, 0, 0, 0, 17, 100, 1, 1, 0, 0, 0, 8, 0}) >
        busy_cycles(2, {0, 0, 0, 0, 16, 100, 1, 1, 0, 0, 0, 8, 0}));
  CHECK(busy_cycles(0, {0, 0, 0, 0, 1048576, 131071, 65536, 0}) > std::uint64_t{1} << 40);
}

TEST(narrow_codes_of_b_take_less_of_the_memory) {
  const auto stalled = [](std::uint64_t bits) {
    return cycles_of(2, {0, 0, 0, 0, 1, 4096, 4096, 1, 0, 0, 0, bits, 0})[fabriq::kStalledOnB];
  };
  const double eight = static_cast<double>(stalled(8));
  CHECK(eight > 4096 * 4096 / 8 * 0.9);
  CHECK(std::abs(eight / static_cast<double>(stalled(4)) - 2) < 0.2);
  CHECK(std::abs(eight / static_cast<double>(stalled(2)) - 4) < 0.4);
}

TEST(cycles_say_what_the_array_waits_for) {
  const RunCycles narrow = cycles_of(2, {0, 0, 0, 0, 64, 1, 64, 2, 0, 0, 0, 8, 0});
  CHECK(narrow[fabriq::kStalledOnC] > narrow[fabriq::kComputingCycles]);
}

TEST(arguments_keep_to_their_limits) {
  int limited = 0;
  for (int kernel = 0; kernel < fabriq::kKernelCount; ++kernel) {
    const fabriq::KernelDescriptor &descriptor = *fabriq::kernel_descriptor(kernel);
    ArgumentRegisters registers(descriptor);
    for (int i = 0; i < descriptor.argument_count; ++i) {
      const fabriq::KernelArgument &argument = descriptor.arguments[i];
      const bool width = std::string(argument.name) == "b_bits";
      registers.write(argument.offset, width ? 8 : argument.limit != 0 ? 1 : 0);
    }
    registers.values();
    for (int i = 0; i < descriptor.argument_count; ++i) {
      const fabriq::KernelArgument &argument = descriptor.arguments[i];
      const auto limit = static_cast<std::uint32_t>(argument.limit);
      if (limit == 0) {
        continue;
      }
      ++limited;
      for (const std::uint32_t wrong : {0U, limit + 1, 0xffffffffU}) {
        registers.write(argument.offset, wrong);
        CHECK_EQUAL(message_of<ProtocolError>([&] { registers.values(); }),
                    std::string(descriptor.name) + ": " + argument.name + " = " +
                        std::to_string(wrong) + " is outside 1 to " + std::to_string(limit));
      }
      registers.write(argument.offset, limit);
      registers.values();
    }
  }
  CHECK_EQUAL(limited, 10);  // m, k and n of three kernels, chunks of one
}

int main() { return check::run_tests(); }
