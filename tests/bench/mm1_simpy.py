"""M/M/1 at a load of 0.9 in SimPy: one process brings, one serves. Prints million objects a second
of CPU time. Debian has SimPy 2 (python3-simpy) and SimPy 3 (python3-simpy3); 2 is the faster here.
"""
import random
import sys
import time

count = int(sys.argv[1])
random.seed(42)
waited = 0.0


def with_simpy3():
    env = simpy.Environment()
    line = simpy.Store(env)

    def bring():
        for _ in range(count):
            yield env.timeout(random.expovariate(0.9))
            yield line.put(env.now)

    def serve():
        global waited
        for _ in range(count):
            came = yield line.get()
            yield env.timeout(random.expovariate(1.0))
            waited += env.now - came

    env.process(bring())
    env.process(serve())
    return env.run


def with_simpy2():
    class Bring(sim.Process):
        def run(self, line):
            for _ in range(count):
                yield sim.hold, self, random.expovariate(0.9)
                yield sim.put, self, line, [sim.now()]

    class Serve(sim.Process):
        def run(self, line):
            global waited
            for _ in range(count):
                yield sim.get, self, line, 1
                yield sim.hold, self, random.expovariate(1.0)
                waited += sim.now() - self.got[0]

    sim.initialize()
    line = sim.Store(initialBuffered=[])
    for process in (Bring(), Serve()):
        sim.activate(process, process.run(line))
    return lambda: sim.simulate(until=1e12)


try:
    import SimPy.Simulation as sim

    run = with_simpy2()
except ImportError:
    import simpy

    run = with_simpy3()
start = time.process_time()
run()
seconds = time.process_time() - start
print("mean time in the system", waited / count, file=sys.stderr)
print("%.5g" % (count / seconds / 1e6))
