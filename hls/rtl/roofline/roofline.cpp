// SPDX-License-Identifier: Apache-2.0

// The tables of docs/roofline.md.
//
//   roofline ROOT                 prints them; ROOT is the repository
//   roofline ROOT --check CYCLES  compares formula and simulation for shapes that take no longer;
//                                 fails where they differ by more than kTolerance
//   roofline ROOT M K N           compares them for one shape

#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <optional>

#include "limits.hpp"
#include "simulated_cycles.hpp"

namespace {

using namespace roofline;

constexpr std::array<Kernel, 3> kKernels = {Kernel::kF32F32, Kernel::kF32I8, Kernel::kI8I8};
constexpr Shape kLab = {64, 128, 64};
constexpr Shape kLarge = {512, 512, 512};
constexpr double kTolerance = 0.03;

const std::vector<Shape> kGrowth = {
    {64, 64, 64},       {128, 128, 128},    {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024},
    {2048, 2048, 2048}, {4096, 4096, 4096}, {64, 128, 64},   {512, 128, 64},  {4096, 128, 64},
    {64, 512, 64},      {64, 4096, 64},     {64, 128, 512},  {64, 128, 4096}};

/// For --check also sides that fill no tile, and a K beyond the store.
const std::vector<Shape> kEdges = {{1, 128, 64},  {17, 100, 70},  {64, 64, 10},
                                   {64, 33, 200}, {40, 4100, 64}, {100, 1000, 130}};

std::string text(const Shape &shape) {
  return std::to_string(shape.m) + " x " + std::to_string(shape.k) + " x " +
         std::to_string(shape.n);
}

double difference(std::int64_t formula, std::int64_t simulated) {
  return static_cast<double>(formula - simulated) / static_cast<double>(simulated);
}

std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) {
    digits.insert(i - 3, ",");
  }
  return digits;
}

double share(const CallCycles &formula, const Shape &shape, std::int64_t cycles) {
  return 100.0 * static_cast<double>(shape.products()) /
         static_cast<double>(cycles * formula.array());
}

/// One line of a shape, new weights or resident ones. \return whether formula and simulation agree
bool print_growth(const CallCycles &formula, SimulatedCycles &simulation, const Shape &shape,
                  bool resident, bool simulated) {
  const std::int64_t cycles = formula.cycles(shape, resident);
  std::printf("| %s | %s | ", text(shape).c_str(), resident ? "resident" : "loaded");
  if (!simulated) {
    std::printf("| %s | | %.1f %% |\n", grouped(cycles).c_str(), share(formula, shape, cycles));
    return true;
  }
  const std::int64_t measured = simulation.cycles(shape, resident);
  const double off = difference(cycles, measured);
  std::printf("%s | %s | %+.2f %% | %.1f %% |\n", grouped(measured).c_str(),
              grouped(cycles).c_str(), 100 * off, share(formula, shape, measured));
  std::fflush(stdout);
  return std::abs(off) <= kTolerance;
}

/// \param longest of the calls that are simulated, by the formula
bool growth(Kernel kernel, const CallCycles &formula, const std::vector<Shape> &shapes,
            std::int64_t longest, bool print_others) {
  const auto simulation = simulate(kernel);
  std::printf("\n### %s, `%s`: %s products per cycle\n\n", name_of(kernel),
              simulated_configuration(), grouped(formula.array()).c_str());
  std::printf("| M x K x N | weights | simulated | formula | difference | of the array's peak |\n");
  std::printf("|---|---|---|---|---|---|\n");
  bool good = true;
  for (const Shape &shape : shapes) {
    for (const bool resident : {false, true}) {
      const bool simulated = formula.cycles(shape, false) <= longest;
      if ((resident && !formula.keeps(shape)) || (!print_others && !simulated)) {
        continue;
      }
      good &= print_growth(formula, *simulation, shape, resident, simulated);
    }
  }
  return good;
}

std::string number(double value) {
  return std::isinf(value) ? "-" : grouped(static_cast<std::int64_t>(value));
}

/// The largest of the configurations that fits a device.
struct Choice {
  std::string name;
  CallCycles formula;
  Resources used;
};

std::optional<Choice> choose(const std::string &root, Kernel kernel, const Device &device) {
  for (const char *name : {"alveo", "zynq", "small"}) {
    const std::string report =
        root + "/bitstreams/reports/" + name_of(kernel) + "_" + name + ".json";
    const Resources used = read_report(report);
    if (fits(used, device)) {
      return Choice{
          name, {kernel, Configuration(root + "/hls/rtl/configurations/" + name + ".sv")}, used};
    }
  }
  return std::nullopt;
}

void limits(const std::string &root) {
  std::printf(
      "\n| device | kernel | configuration | array | DSP | LUT | FF | BRAM | memory | "
      "least | 64 x 128 x 64 | 512 x 512 x 512 |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Device &device : read_devices(root + "/hls/rtl/roofline/devices.txt")) {
    for (const Kernel kernel : kKernels) {
      const auto choice = choose(root, kernel, device);
      if (!choice) {
        std::printf("| %s | `%s` | none fits |\n", device.name.c_str(), name_of(kernel));
        continue;
      }
      const CallCycles &formula = choice->formula;
      const Limits limit = roofline::limits(formula, choice->used, device, kLarge);
      const auto reached = [&](const Shape &shape, std::int64_t cycles) {
        return static_cast<double>(shape.products()) / static_cast<double>(cycles);
      };
      std::printf("| %s | `%s` | `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n",
                  device.name.c_str(), name_of(kernel), choice->name.c_str(),
                  grouped(formula.array()).c_str(), number(limit.dsp).c_str(),
                  number(limit.lut).c_str(), number(limit.ff).c_str(), number(limit.bram).c_str(),
                  number(limit.memory).c_str(), least(limit).c_str(),
                  number(reached(kLab, formula.cycles(kLab, true))).c_str(),
                  number(reached(kLarge, formula.cycles(kLarge, false))).c_str());
    }
  }
}

}  // namespace

int main(int argc, char **argv) {
  const bool check = argc == 4 && std::string(argv[2]) == "--check";
  if (argc != 2 && argc != 5 && !check) {
    std::cerr << "usage: roofline ROOT [--check CYCLES | M K N]\n";
    return 2;
  }
  try {
    const std::string root = argv[1];
    const Configuration simulated(root + "/hls/rtl/configurations/" + simulated_configuration() +
                                  ".sv");
    std::vector<Shape> shapes = kGrowth;
    if (check) {
      shapes.insert(shapes.end(), kEdges.begin(), kEdges.end());
    } else if (argc == 5) {
      shapes.assign(1, {std::stoll(argv[2]), std::stoll(argv[3]), std::stoll(argv[4])});
    } else {
      limits(root);
    }
    bool good = true;
    for (const Kernel kernel : kKernels) {
      const CallCycles formula(kernel, simulated);
      const std::int64_t longest = check ? std::stoll(argv[3]) : formula.cycles(kLarge, false);
      good &= growth(kernel, formula, shapes, longest, !check);
    }
    if (!good) {
      std::printf("\nformula and simulation differ by more than %.0f %%\n", 100 * kTolerance);
    }
    return good ? 0 : 1;
  } catch (const std::exception &error) {
    std::cerr << "roofline: " << error.what() << "\n";
    return 2;
  }
}
