// SPDX-License-Identifier: Apache-2.0
#include "compute_units.hpp"

#include <system_error>

#include "error.hpp"
#include "fabriq/brief_spin.hpp"

namespace fabriq {

/// Shared with the threads, so that a thread left to itself has it to its end.
struct ComputeUnits::Queue {
  std::mutex mutex;
  std::condition_variable changed;  // a job came, or stop
  std::condition_variable left;     // a thread ended
  KernelJob *head = nullptr;
  KernelJob *tail = nullptr;
  std::atomic<int> waiting{0};  // jobs in the queue
  std::atomic<bool> stopped{false};
  int running = 0;  // threads
  std::chrono::nanoseconds stall;

  KernelJob *pop() {
    KernelJob *job = head;
    head = job->next;
    job->next = nullptr;
    --waiting;
    return job;
  }

  void serve() {
    std::unique_lock<std::mutex> lock(mutex);
    while (!stopped) {
      if (head == nullptr) {
        lock.unlock();
        brief_spin([this] { return waiting > 0 || stopped; });
        lock.lock();
        changed.wait(lock, [this] { return head != nullptr || stopped; });
        continue;
      }
      KernelJob *job = pop();
      if (stall.count() > 0 && changed.wait_for(lock, stall, [this] { return stopped.load(); })) {
        job->drop();
        break;
      }
      lock.unlock();
      job->run();
      lock.lock();
    }
    --running;
    left.notify_all();
  }
};

ComputeUnits::ComputeUnits(int threads, std::chrono::nanoseconds stall)
    : queue_(std::make_shared<Queue>()) {
  queue_->stall = stall;
  try {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([queue = queue_] { queue->serve(); });
      const std::lock_guard<std::mutex> lock(queue_->mutex);
      ++queue_->running;
    }
  } catch (const std::system_error &error) {
    stop();
    join(Clock::now() + kJoinTime);
    throw Error(FABRIQ_OUT_OF_MEMORY, "cannot start " + std::to_string(threads) + " threads (" +
                                          error.what() + "); open the device with fewer threads");
  }
}

ComputeUnits::~ComputeUnits() {
  stop();
  join(Clock::now() + kJoinTime);
}

bool ComputeUnits::ended() const {
  const std::lock_guard<std::mutex> lock(queue_->mutex);
  return queue_->running == 0;
}

void ComputeUnits::join(Clock::time_point deadline) {
  if (threads_.empty()) {
    return;
  }
  std::unique_lock<std::mutex> lock(queue_->mutex);
  const bool all = queue_->left.wait_until(lock, deadline, [this] { return queue_->running == 0; });
  lock.unlock();
  for (std::thread &thread : threads_) {
    if (all) {
      thread.join();
    } else {
      thread.detach();
    }
  }
  threads_.clear();
}

void ComputeUnits::enqueue(KernelJob &job) {
  job.prepare();
  const std::lock_guard<std::mutex> lock(queue_->mutex);
  if (queue_->stopped) {
    job.drop();
    return;
  }
  (queue_->head == nullptr ? queue_->head : queue_->tail->next) = &job;
  queue_->tail = &job;
  ++queue_->waiting;
  queue_->changed.notify_one();
}

void ComputeUnits::stop() {
  const std::lock_guard<std::mutex> lock(queue_->mutex);
  queue_->stopped = true;
  while (queue_->head != nullptr) {
    queue_->pop()->drop();
  }
  queue_->changed.notify_all();
}

}  // namespace fabriq
