"""W1 to W4 in SimPy 3 or 4: simpy_model.py <w1|w2|w3|w4> <requests> <seed> prints one line of JSON.

Written as SimPy's own documentation writes a queue: a process a request, a Resource a station. Records each response
time in a list, and the sum of the service times at the last station. Times in microseconds.
"""

import json
import platform
import random
import sys
import time

import simpy

case, requests, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random.seed(seed)
exponential = random.expovariate
env = simpy.Environment()
responses = []
busy = 0.0
last_arrival = 0.0


def tandem(stations, mean):
    """Visits stations one after the other; holds nothing in between."""

    def request():
        global busy
        arrived = env.now
        for station in stations:
            with station.request() as server:
                yield server
                service = exponential(1 / mean)
                if station is stations[-1]:
                    busy += service
                yield env.timeout(service)
        responses.append(env.now - arrived)

    return request


def parallel(stations, mean):
    """Visits one station, chosen at random."""

    def request():
        global busy
        arrived = env.now
        with stations[random.randrange(len(stations))].request() as server:
            yield server
            service = exponential(1 / mean)
            busy += service
            yield env.timeout(service)
        responses.append(env.now - arrived)

    return request


def nested(web, app, database):
    """Three tiers; a thread of each is held while the tier below works."""

    def request():
        global busy
        arrived = env.now
        with web.request() as first:
            yield first
            yield env.timeout(exponential(1 / 50))
            with app.request() as second:
                yield second
                yield env.timeout(exponential(1 / 50))
                with database.request() as third:
                    yield third
                    service = exponential(1 / 100)
                    busy += service
                    yield env.timeout(service)
        responses.append(env.now - arrived)

    return request


def resources(count, servers):
    return [simpy.Resource(env, servers) for _ in range(count)]


# Requests a microsecond, servers of the last station, what one request does.
rate, servers, process = {
    "w1": lambda: (0.08, 1, tandem(resources(1, 1), 10)),
    "w2": lambda: (0.32, 4, tandem(resources(5, 4), 10)),
    "w3": lambda: (0.7, 1000, parallel(resources(1000, 1), 1000)),
    "w4": lambda: (0.032, 4, nested(*(simpy.Resource(env, threads) for threads in (20, 10, 4)))),
}[case]()


def source():
    global last_arrival
    for _ in range(requests):
        yield env.timeout(exponential(rate))
        last_arrival = env.now
        env.process(process())


env.process(source())
began = time.process_time()
env.run()
took = time.process_time() - began
print(
    json.dumps(
        {
            "program": f"SimPy {simpy.__version__}, {platform.python_implementation()} {platform.python_version()}",
            "requests": len(responses),
            "nsPerRequest": took * 1e9 / len(responses),
            "meanUs": sum(responses) / len(responses),
            "utilization": busy / (servers * last_arrival),
        }
    )
)
