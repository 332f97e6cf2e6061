// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "board_address.hpp"

namespace fabriq {

/// The directory that XRT takes for its own, and in an emulation for Vitis's; Debian's XRT has
/// none.
///
///   lib/            XRT's libraries (links), in an emulation with its relinked driver
///
/// And in an emulation:
///
///   data/.../genericpciemodel   the device process of sw_emu (a link)
///   vendors/        names XRT's OpenCL for the ICD loader
///   run/            what XRT writes
///   emconfig.json   the devices that XRT finds
///   xrt.ini         XRT's settings
class XrtRoot {
 public:
  /// Makes the directory, to be removed when this process exits. Throws FABRIQ_UNAVAILABLE if XRT
  /// or a part of FabriQ is not installed, or if the directory cannot be made.
  static XrtRoot make(Emulation emulation);

  const std::string &path() const { return path_; }

 private:
  explicit XrtRoot(std::string path) : path_(std::move(path)) {}

  void link(const std::string &target, const std::string &name) const;
  void write(const std::string &name, const std::string &text) const;
  void link_xrt(const std::string &directory, const std::string &left_out) const;
  void add_emulation(const std::string &driver, const std::string &emulator) const;

  std::string path_;
};

}  // namespace fabriq
