// SPDX-License-Identifier: Apache-2.0
#include "comparison.hpp"

#include <iostream>

namespace network {
namespace {

constexpr std::uint64_t kPatience = 4000000;

}  // namespace

Case::Case(Network network, const Runs &runs)
    : network_(std::move(network)),
      runs_(runs),
      plan_(network::plan(network_, runs.images, runs.twice, runs.stores, runs.narrow)) {
  for (int chunk = 0; chunk < runs.chunks; ++chunk) {
    std::vector<std::uint64_t> words;
    for (int i = 0; i < runs.images; ++i) {
      const Tensor image = network_.draw_image();
      const auto more = image_words(network_, image);
      words.insert(words.end(), more.begin(), more.end());
      std::vector<std::int32_t> raw;
      const auto tensors = run_by_loops(network_, image, raw);
      results_.push_back({tensors.back(), raw});
    }
    images_.push_back(std::move(words));
  }
}

int Case::run(NetworkCalls &kernel) {
  outcome_ = kernel.call(plan_.program, images_, plan_.result_words, runs_.id, kPatience);
  int wrong = compare(outcome_);
  if (outcome_.error != 0) {
    std::cout << network_.name() << ": error " << outcome_.error << " in record " << outcome_.record
              << "\n";
    ++wrong;
  }
  return wrong;
}

int Case::compare(const Outcome &outcome) const {
  int wrong = 0;
  for (int chunk = 0; chunk < runs_.chunks; ++chunk) {
    for (std::size_t word = 0; word < plan_.order.size(); ++word) {
      wrong += compare_word(outcome, chunk, word);
    }
  }
  return wrong;
}

int Case::compare_word(const Outcome &outcome, int chunk, std::size_t number) const {
  const Layer &layer = network_.layers().back();
  const auto words = static_cast<std::size_t>(plan_.result_words);
  const auto [pixel, block] = plan_.order[number];
  const bool batch = runs_.images > 1;
  const Result &result =
      results_[static_cast<std::size_t>(chunk * runs_.images + (batch ? pixel : 0))];
  int wrong = 0;
  for (int k = 0; k < 8 && 8 * block + k < layer.n; ++k) {
    const auto place = static_cast<std::size_t>((batch ? 0 : pixel) * layer.n + 8 * block + k);
    const auto lane = static_cast<unsigned>(k);
    const auto at = layer.raw ? 4 * number + lane / 2 : number;
    const std::uint64_t word = result_word(outcome, static_cast<std::size_t>(chunk), at, words);
    const auto expected = layer.raw ? result.raw[place] : result.codes.codes[place];
    const auto found = layer.raw ? static_cast<std::int32_t>(word >> (32 * (lane % 2)))
                                 : static_cast<std::int8_t>(word >> (8 * lane));
    wrong += found != expected;
  }
  return wrong;
}

int run_every_layer(const Network &network, NetworkCalls &kernel) {
  int wrong = 0;
  for (int last = 0; last < static_cast<int>(network.layers().size()); ++last) {
    const int differ = Case(network.prefix(last), {}).run(kernel);
    if (differ != 0) {
      std::cout << network.name() << ": " << differ << " codes of layer " << last << " differ\n";
    }
    wrong += differ;
  }
  return wrong + Case(network, {}).run(kernel);
}

}  // namespace network
