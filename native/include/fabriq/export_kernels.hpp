// SPDX-License-Identifier: Apache-2.0
#pragma once

// Makes a shared object of kernel functions what kernel_library.hpp asks for, so that an xclbin of
// XRT's software emulation can carry it:
//
//   FABRIQ_EXPORT_KERNELS(FABRIQ_KERNEL(vector_add, "ap_ctrl_hs"))
//
// A kernel is a function void f(...) of pointers and of scalars of 32 bits. Its registers lie where
// Vitis HLS puts them: the first argument at 0x10, the next 12 bytes after a pointer and 8 bytes
// after a scalar.

#include <array>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

#include "fabriq/kernel_library.hpp"

namespace fabriq {

struct ExportedKernel {
  KernelDescriptor descriptor;
  void (*run)(const std::uint64_t *arguments);
};

/// The kernel behind a function. \tparam kFunction its address
template <auto kFunction>
struct KernelFunction;

template <typename... Arguments, void (*kFunction)(Arguments...)>
struct KernelFunction<kFunction> {
  /// \param control its block protocol, "ap_ctrl_hs" or "ap_ctrl_chain"
  static ExportedKernel exported(const char *name, const char *control) {
    static const std::array<KernelArgument, sizeof...(Arguments)> arguments = registers();
    constexpr int kCount = static_cast<int>(sizeof...(Arguments));
    static_assert(kCount <= kMaximumArguments, "a kernel has at most 16 arguments");
    return {{name, "", 0, control, arguments.data(), kCount, 1, 0}, run};
  }

 private:
  static std::array<KernelArgument, sizeof...(Arguments)> registers() {
    std::uint32_t next = 0x10;
    const auto place = [&next](bool pointer) {
      const std::uint32_t offset = next;
      next += pointer ? 12 : 8;
      return pointer ? KernelArgument{"", ArgumentKind::kPointer, 8, "", offset, 0}
                     : KernelArgument{"", ArgumentKind::kScalar, 4, "", offset, 0};
    };
    return {place(std::is_pointer_v<Arguments>)...};
  }

  template <typename Argument>
  static Argument value(std::uint64_t bits) {
    if constexpr (std::is_pointer_v<Argument>) {
      return reinterpret_cast<Argument>(static_cast<std::uintptr_t>(bits));
    } else {
      static_assert(sizeof(Argument) == 4 && std::is_arithmetic_v<Argument>,
                    "arguments are pointers, or scalars of 32 bits");
      Argument argument;
      std::memcpy(&argument, &bits, sizeof argument);
      return argument;
    }
  }

  template <std::size_t... kIndex>
  static void call(const std::uint64_t *arguments, std::index_sequence<kIndex...>) {
    kFunction(value<Arguments>(arguments[kIndex])...);
  }

  static void run(const std::uint64_t *arguments) {
    call(arguments, std::index_sequence_for<Arguments...>());
  }
};

/// The kernels of a shared object; set once, before anything asks.
inline std::vector<ExportedKernel> &exported_kernels() {
  static std::vector<ExportedKernel> kernels;
  return kernels;
}

inline const KernelLibrary *kernel_library_of(std::vector<ExportedKernel> kernels) {
  exported_kernels() = std::move(kernels);
  static const KernelLibrary library = {
      kKernelLibraryVersion, static_cast<std::int32_t>(exported_kernels().size()),
      [](int kernel) -> const KernelDescriptor * {
        return &exported_kernels()[static_cast<std::size_t>(kernel)].descriptor;
      },
      [](int kernel, const std::uint64_t *arguments) -> const char * {
        try {
          exported_kernels()[static_cast<std::size_t>(kernel)].run(arguments);
          return nullptr;
        } catch (...) {
          return "the kernel ended with an exception";
        }
      }};
  return &library;
}

}  // namespace fabriq

#define FABRIQ_KERNEL(function, control) \
  fabriq::KernelFunction<&function>::exported(#function, control)

#define FABRIQ_EXPORT_KERNELS(...)                                                                \
  const fabriq::KernelLibrary *fabriq_kernel_library() {                                          \
    static const fabriq::KernelLibrary *const library = fabriq::kernel_library_of({__VA_ARGS__}); \
    return library;                                                                               \
  }
