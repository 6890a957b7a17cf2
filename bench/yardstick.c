/*
 * What a C program needs for the workloads of bench/: the yardstick beside which the simulator's times are read.
 *
 *     yardstick <w1|w2|w3|w4|fleet> <requests>        prints the CPU time of its run loop in ns per request
 *
 * Bare of everything a product needs: no scenario, no windows, no counters per station, no time-outs. Event list: an
 * implicit 4-ary heap over (time, sequence). Draws: xoshiro256+ (Blackman & Vigna 2018), exponential by -log(1 - u).
 * Times in units of the mean service time, as doubles; response times go into a log-linear histogram.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NONE = -1 };

/* Draws. */
static uint64_t words[4] = {0x9e3779b97f4a7c15u, 0xbf58476d1ce4e5b9u, 0x94d049bb133111ebu, 0x2545f4914f6cdd1du};

static inline double uniform(void) {
  uint64_t result = words[0] + words[3], shifted = words[1] << 17;
  words[2] ^= words[0];
  words[3] ^= words[1];
  words[1] ^= words[2];
  words[0] ^= words[3];
  words[2] ^= shifted;
  words[3] = (words[3] << 45) | (words[3] >> 19);
  return (double)(result >> 11) * 0x1.0p-53;
}

static inline double exponential(double mean) { return -mean * log(1.0 - uniform()); }

/* Histogram: 128 bins an octave of 1e-6 units. */
enum { SUB_BITS = 7, BINS = (64 - SUB_BITS + 1) << SUB_BITS };
static uint64_t bins[BINS], recorded;
static double sum;

static inline void record(double value) {
  uint64_t v = (uint64_t)(value * 1e6);
  sum += value;
  recorded++;
  if (v < (1u << SUB_BITS)) {
    bins[v]++;
    return;
  }
  int exponent = 63 - __builtin_clzll(v);
  bins[((uint64_t)(exponent - SUB_BITS + 1) << SUB_BITS) + ((v >> (exponent - SUB_BITS)) & ((1u << SUB_BITS) - 1))]++;
}

/* Event list. */
typedef struct {
  double time;
  uint32_t sequence;
  int32_t id;
} Event;
static Event *heap;
static uint32_t heap_length, heap_capacity, next_sequence;

static inline int before(const Event *a, const Event *b) {
  return a->time < b->time || (a->time == b->time && a->sequence < b->sequence);
}

static inline void push(double time, int32_t id) {
  if (heap_length == heap_capacity) {
    heap_capacity = heap_capacity ? heap_capacity * 2 : 64;
    heap = realloc(heap, heap_capacity * sizeof *heap);
  }
  Event event = {time, next_sequence++, id};
  uint32_t hole = heap_length++;
  while (hole) {
    uint32_t parent = (hole - 1) / 4;
    if (!before(&event, &heap[parent])) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = event;
}

static inline Event pop(void) {
  Event top = heap[0], last = heap[--heap_length];
  uint32_t hole = 0;
  for (;;) {
    uint32_t first = hole * 4 + 1;
    if (first >= heap_length) break;
    uint32_t least = first, end = first + 4 < heap_length ? first + 4 : heap_length;
    for (uint32_t child = first + 1; child < end; child++)
      if (before(&heap[child], &heap[least])) least = child;
    if (!before(&heap[least], &last)) break;
    heap[hole] = heap[least];
    hole = least;
  }
  heap[hole] = last;
  return top;
}

/* Requests, pooled; stations with first-come-first-served lists through the requests. */
typedef struct {
  double born;
  int32_t station, next;
} Request;
typedef struct {
  int32_t idle, head, tail, waiting;
} Station;
static Request *requests;
static int32_t request_count, request_capacity, free_request = NONE;
static Station *stations;

static inline int32_t new_request(void) {
  if (free_request != NONE) {
    int32_t request = free_request;
    free_request = requests[request].next;
    return request;
  }
  if (request_count == request_capacity) {
    request_capacity = request_capacity ? request_capacity * 2 : 1024;
    requests = realloc(requests, (size_t)request_capacity * sizeof *requests);
  }
  return request_count++;
}

static inline void end_request(int32_t request, double now) {
  record(now - requests[request].born);
  requests[request].next = free_request;
  free_request = request;
}

/* True: the request has a server now. */
static inline int come(int32_t station, int32_t request) {
  Station *at = &stations[station];
  if (at->idle) {
    at->idle--;
    return 1;
  }
  requests[request].next = NONE;
  if (at->waiting++) requests[at->tail].next = request;
  else at->head = request;
  at->tail = request;
  return 0;
}

/* A server is free: the request that takes it, or NONE. */
static inline int32_t leave(int32_t station) {
  Station *at = &stations[station];
  if (!at->waiting) {
    at->idle++;
    return NONE;
  }
  int32_t request = at->head;
  at->head = requests[request].next;
  at->waiting--;
  return request;
}

/* Stations with c servers and mean service time 1, in tandem or side by side. */
static void network(uint64_t count, int station_count, int servers, double rate, int tandem) {
  stations = calloc((size_t)station_count, sizeof *stations);
  for (int i = 0; i < station_count; i++) stations[i].idle = servers;
  push(exponential(1 / rate), NONE);
  for (uint64_t made = 0; heap_length;) {
    Event event = pop();
    double now = event.time;
    if (event.id == NONE) {
      int32_t request = new_request();
      int32_t station = tandem || station_count == 1 ? 0 : (int32_t)(uniform() * station_count);
      requests[request].born = now;
      requests[request].station = station;
      if (come(station, request)) push(now + exponential(1), request);
      if (++made < count) push(now + exponential(1 / rate), NONE);
      continue;
    }
    int32_t station = requests[event.id].station, heir = leave(station);
    if (heir != NONE) push(now + exponential(1), heir);
    if (tandem && station + 1 < station_count) {
      requests[event.id].station = station + 1;
      if (come(station + 1, event.id)) push(now + exponential(1), event.id);
    } else {
      end_request(event.id, now);
    }
  }
}

/* Three tiers of threads; the caller's thread is held during the call. */
static void layered(uint64_t count, double rate) {
  static const int32_t threads[3] = {20, 10, 4};
  static const double work[3] = {0.5, 0.5, 1.0};
  stations = calloc(3, sizeof *stations);
  for (int i = 0; i < 3; i++) stations[i].idle = threads[i];
  push(exponential(1 / rate), NONE);
  for (uint64_t made = 0; heap_length;) {
    Event event = pop();
    double now = event.time;
    if (event.id == NONE) {
      int32_t request = new_request();
      requests[request].born = now;
      requests[request].station = 0;
      if (come(0, request)) push(now + exponential(work[0]), request);
      if (++made < count) push(now + exponential(1 / rate), NONE);
      continue;
    }
    int32_t tier = requests[event.id].station;
    if (tier < 2) {
      requests[event.id].station = ++tier;
      if (come(tier, event.id)) push(now + exponential(work[tier]), event.id);
      continue;
    }
    for (tier = 2; tier >= 0; tier--) {
      int32_t heir = leave(tier);
      if (heir != NONE) push(now + exponential(work[tier]), heir);
    }
    end_request(event.id, now);
  }
}

static double cpu_ns(void) {
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

int main(int argc, char **argv) {
  const char *workload = argc > 1 ? argv[1] : "";
  uint64_t count = argc > 2 ? strtoull(argv[2], 0, 10) : 1000000;
  double began = cpu_ns();
  if (!strcmp(workload, "w1")) network(count, 1, 1, 0.8, 0);
  else if (!strcmp(workload, "w2")) network(count, 5, 4, 3.2, 1);
  else if (!strcmp(workload, "w3")) network(count, 1000, 1, 700, 0);
  else if (!strcmp(workload, "w4")) layered(count, 3.2);
  else if (!strcmp(workload, "fleet")) network(count, 50000, 1, 35000, 0);
  else return 2;
  double ended = cpu_ns();
  printf("{\"nsPerRequest\": %.2f, \"mean\": %.4f}\n", (ended - began) / (double)recorded, sum / (double)recorded);
  return 0;
}
