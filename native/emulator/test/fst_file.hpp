// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads a file of waveforms, with the library of the format's own that Verilator brings.

#include <gtkwave/fstapi.h>

#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

namespace emulator_test {

class FstFile {
 public:
  /// Throws std::runtime_error if it is no complete FST file.
  explicit FstFile(const std::string &path) : reader_(fstReaderOpen(path.c_str())) {
    if (reader_ == nullptr) {
      throw std::runtime_error(path + " is no complete FST file");
    }
    for (const fstHier *item = next(); item != nullptr; item = next()) {
      if (item->htyp == FST_HT_SCOPE) {
        scope_ += std::string(item->u.scope.name) + ".";
      } else if (item->htyp == FST_HT_UPSCOPE) {
        scope_.erase(scope_.rfind('.', scope_.size() - 2) + 1);
      } else if (item->htyp == FST_HT_VAR) {
        signals_[scope_ + item->u.var.name] = item->u.var.handle;
      }
    }
  }

  /// Times at which a signal, named as "unit.kernel.ap_clk", became 1.
  std::uint64_t rises(const std::string &signal) {
    const auto found = signals_.find(signal);
    if (found == signals_.end()) {
      throw std::runtime_error("no signal " + signal);
    }
    Rises rises = {found->second, 0};
    fstReaderClrFacProcessMaskAll(reader_.get());
    fstReaderSetFacProcessMask(reader_.get(), found->second);
    fstReaderIterBlocks(
        reader_.get(),
        [](void *to, std::uint64_t, fstHandle changed, const unsigned char *value) {
          auto &all = *static_cast<Rises *>(to);
          all.count += changed == all.signal && value[0] == '1' ? 1 : 0;
        },
        &rises, nullptr);
    return rises.count;
  }

  /// What wrote it.
  std::string version() const { return fstReaderGetVersionString(reader_.get()); }

  std::uint64_t end_time() const { return fstReaderGetEndTime(reader_.get()); }

 private:
  struct Close {
    void operator()(void *reader) const { fstReaderClose(reader); }
  };
  struct Rises {
    fstHandle signal;
    std::uint64_t count;
  };

  const fstHier *next() { return fstReaderIterateHier(reader_.get()); }

  std::unique_ptr<void, Close> reader_;
  std::string scope_;
  std::map<std::string, fstHandle> signals_;
};

}  // namespace emulator_test
