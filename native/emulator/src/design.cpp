// SPDX-License-Identifier: Apache-2.0
#include "design.hpp"

#include <map>
#include <stdexcept>

namespace emulator {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

/// A tag without its angle brackets: `kernel name="f" language="c"`, `/kernel`, `arg id="0"/`.
struct Tag {
  std::string_view name;
  std::map<std::string_view, std::string_view> attributes;
};

std::runtime_error malformed(std::string_view tag) {
  return std::runtime_error("malformed metadata at <" + std::string(tag.substr(0, 80)) + ">");
}

Tag parse_tag(std::string_view text) {
  Tag tag;
  std::size_t at = text.find_first_of(kSpace);
  tag.name = text.substr(0, at);
  while ((at = text.find_first_not_of(kSpace, at)) != std::string_view::npos && text[at] != '/' &&
         text[at] != '?') {
    const std::size_t equals = text.find('=', at);
    const std::size_t open = equals == std::string_view::npos ? equals : equals + 1;
    if (open >= text.size() || (text[open] != '"' && text[open] != '\'')) {
      throw malformed(text);
    }
    const std::size_t close = text.find(text[open], open + 1);
    if (close == std::string_view::npos) {
      throw malformed(text);
    }
    const std::string_view name = text.substr(at, equals - at);
    tag.attributes[name.substr(0, name.find_last_not_of(kSpace) + 1)] =
        text.substr(open + 1, close - open - 1);
    at = close + 1;
  }
  return tag;
}

/// \return the text of the next tag, or an empty one at the end
std::string_view next_tag(std::string_view *rest) {
  constexpr std::string_view kComment = "!--";
  for (;;) {
    const std::size_t open = rest->find('<');
    if (open == std::string_view::npos) {
      return {};
    }
    rest->remove_prefix(open + 1);
    const bool comment = rest->substr(0, kComment.size()) == kComment;
    const std::string_view end = comment ? "-->" : ">";
    const std::size_t close = rest->find(end);
    if (close == std::string_view::npos || close == 0) {
      throw malformed(*rest);
    }
    const std::string_view text = rest->substr(0, close);
    rest->remove_prefix(close + end.size());
    if (!comment) {
      return text;
    }
  }
}

std::string attribute(const Tag &tag, std::string_view name) {
  const auto found = tag.attributes.find(name);
  if (found == tag.attributes.end() || found->second.empty()) {
    throw std::runtime_error("metadata: <" + std::string(tag.name) + "> has no " +
                             std::string(name));
  }
  return std::string(found->second);
}

std::uint64_t number(const Tag &tag, std::string_view name) {
  const std::string text = attribute(tag, name);
  std::size_t used = 0;
  try {
    const std::uint64_t value = std::stoull(text, &used, 0);
    if (used == text.size() && text[0] != '-') {
      return value;
    }
  } catch (const std::logic_error &) {
  }
  throw std::runtime_error("metadata: " + std::string(name) + "=\"" + text + "\" is not a number");
}

void check_apart(const std::vector<PlacedUnit> &units) {
  for (const PlacedUnit &unit : units) {
    if (unit.range < 16 || unit.base + unit.range < unit.base) {
      throw std::runtime_error("metadata: " + unit.instance + " has no room for its registers");
    }
    for (const PlacedUnit &other : units) {
      if (&other != &unit && other.base < unit.base + unit.range &&
          unit.base < other.base + other.range) {
        throw std::runtime_error("metadata: " + unit.instance + " and " + other.instance +
                                 " overlap");
      }
    }
  }
}

}  // namespace

std::vector<PlacedUnit> read_design(std::string_view xml) {
  std::vector<PlacedUnit> units;
  std::string kernel;
  std::string instance;
  for (std::string_view text = next_tag(&xml); !text.empty(); text = next_tag(&xml)) {
    const Tag tag = parse_tag(text);
    if (tag.name == "kernel") {
      kernel = attribute(tag, "name");
    } else if (tag.name == "/kernel") {
      kernel.clear();
    } else if (tag.name == "instance") {
      instance = attribute(tag, "name");
    } else if (tag.name == "/instance") {
      instance.clear();
    } else if (tag.name == "addrRemap" && !kernel.empty() && !instance.empty()) {
      units.push_back({kernel, instance, number(tag, "base"), number(tag, "range")});
    }
  }
  if (units.empty()) {
    throw std::runtime_error("the metadata names no compute unit");
  }
  check_apart(units);
  return units;
}

}  // namespace emulator
