#!/usr/bin/python3
"""The node of Frankenhaeuser and Huxley (1964) with its ions and the pump of Pan et al. (2020), by scipy: the numbers that the atlas' systems
pumped-axon and myelinated-axon are checked against. Written apart from the library: amounts in pmol/cm2, volumes in nL/cm2, mV, ms, mM.

    python3 tests/oracle/pumped_axon.py
"""
import numpy as np
from scipy.integrate import solve_ivp

R, FARADAY = 8.31446261815324, 96485.33212331
OUTSIDE = dict(Na=114.5, K=2.5, Cl=117.0)
REST = -70.0
PUMP = dict(k1f=1423.2, k2f=11565., k3f=194.4506, k4f=30630., k1b=225.9048, k2b=36355., k3b=281040., k4b=1.574e6,
            Ni1=579.7295, Ne1=.0349, Ni=5.6399, Ne=10617., Ke=1.0817, T=140.3709, delta=-.055)


def bernoulli(x):
    small = np.abs(x) < 1e-4
    return np.where(small, 1 - x / 2 + x * x / 12, x / np.expm1(np.where(small, 1, x)))


def rise(a, b, c, v): return a * c * bernoulli((b - v) / c)
def fall(a, b, c, v): return a * c * bernoulli((v - b) / c)


class Node:
    def __init__(self, celsius, volume, ATP=4., ADP=.04, Pi=2., pH=7.2):
        self.RT, self.F, self.speed, self.C, self.volume = R * (273.15 + celsius), FARADAY * 1e-3, 3 ** ((celsius - 20) / 10), 2., volume
        self.ATP, self.ADP, self.Pi, self.H = ATP, ADP, Pi, 10 ** (3 - pH)
        self.PNa, self.Pp, self.PK = 8., .54, 1.2
        u = self.F * REST / self.RT
        within = np.array([13.74, 120., OUTSIDE['Cl'] * np.exp(u)])
        ci, co = within[2], OUTSIDE['Cl']
        self.PCl = 30.3 / (self.F ** 2 / self.RT * ci * co * np.log(co / ci) / (co - ci))
        k = self.pump = dict(PUMP)
        K = np.exp(-11900. / self.RT) * 1e6
        k['Ki'] = np.sqrt(K * k['k1b'] * k['k2b'] * k['k3b'] * k['k4b'] * k['Ni1'] * k['Ni'] ** 2 * k['Ke'] ** 2 * k['T']
                          / (k['k1f'] * k['k2f'] * k['k3f'] * k['k4f'] * k['Ne1'] * k['Ne'] ** 2))
        a, b = self.rates(REST)
        self.start = np.concatenate([[REST], within, a / (a + b)])
        self.pumps, self.PNab = 1., 0.
        J = self.fluxes(self.start)
        self.resting = J['K'] / 2
        self.PNab = (-3 * self.resting - J['Na'] - J['p']) / self.leaving(REST, 13.74, 114.5, 1)
        self.pumps = self.resting / J['pump']

    def rates(self, V):
        v = V - REST
        return self.speed * np.array([rise(.36, 22, 3, v), fall(.1, -10, 6, v), rise(.02, 35, 10, v), rise(.006, 40, 10, v)]), \
            self.speed * np.array([fall(.4, 13, 20, v), 4.5 / (np.exp((45 - v) / 10) + 1), fall(.05, 10, 10, v), fall(.09, -25, 20, v)])

    def leaving(self, V, inside, outside, z):
        u = z * self.F * V / self.RT
        return inside * bernoulli(-u) - outside * bernoulli(u)

    def turnover(self, V, Na, K):
        k, f = self.pump, self.F * V / self.RT
        ne, ni = OUTSIDE['Na'] / (k['Ne1'] * np.exp((1 + k['delta']) * f)), Na / (k['Ni1'] * np.exp(k['delta'] * f))
        ne2, ni2, ke, ki, a = OUTSIDE['Na'] / k['Ne'], Na / k['Ni'], OUTSIDE['K'] / k['Ke'], K / k['Ki'], self.ATP / k['T']
        Di, De = ni * ni2 ** 2 + (1 + ni2) ** 2 + (1 + ki) ** 2 - 1, ne * ne2 ** 2 + (1 + ne2) ** 2 + (1 + ke) ** 2 - 1
        f1, f2, f3, f4 = k['k1f'] * ni * ni2 ** 2 / Di, k['k2f'], k['k3f'] * ke ** 2 / De, k['k4f'] * a / (1 + a)
        b1, b2, b3, b4 = k['k1b'] * self.ADP, k['k2b'] * ne * ne2 ** 2 / De, k['k3b'] * self.Pi * self.H / (1 + a), k['k4b'] * ki ** 2 / Di
        # the sixteen terms as Smith and Crampin (2004) write them
        S = (b1 * b2 * b3 + b1 * b2 * f4 + b1 * f3 * f4 + f2 * f3 * f4 + b2 * b3 * b4 + f1 * b2 * b3 + f1 * b2 * f4 + f1 * f3 * f4
             + b1 * b3 * b4 + f2 * b3 * b4 + f1 * f2 * b3 + f1 * f2 * f4 + b1 * b2 * b4 + b1 * f3 * b4 + f2 * f3 * b4 + f1 * f2 * f3)
        return (f1 * f2 * f3 * f4 - b1 * b2 * b3 * b4) / S * 1e-3

    def fluxes(self, y):
        V, Na, K, Cl, m, h, n, p = y[:8]
        gradient = self.leaving(V, Na, OUTSIDE['Na'], 1)
        return dict(Na=self.PNa * m * m * h * gradient, p=self.Pp * p * p * gradient, b=self.PNab * gradient,
                    K=self.PK * n * n * self.leaving(V, K, OUTSIDE['K'], 1), Cl=self.PCl * self.leaving(V, Cl, OUTSIDE['Cl'], -1),
                    pump=self.pumps * self.turnover(V, Na, K))

    def slopes(self, y, potassium):
        """d/dt of V, ions and gates, with a flux of K+ from pipette or neighbours; then Na+ that entered, and ATP."""
        J = self.fluxes(y)
        entered = -(J['Na'] + J['p'] + J['b'])
        dNa, dK, dCl = entered - 3 * J['pump'], -J['K'] + 2 * J['pump'] + potassium, -J['Cl']
        a, b = self.rates(y[0])
        return [self.F * (dNa + dK - dCl) / self.C, dNa / self.volume, dK / self.volume, dCl / self.volume, *(a * (1 - y[4:8]) - b * y[4:8])], entered, J['pump'], J


def solve(node, pulses, length, current, end, method='LSODA', rtol=1e-10):
    """A single node; returns the solutions between the edges of the pulses."""
    edges = sorted({0., end, *pulses, *(t + length for t in pulses)})
    y, parts = np.concatenate([node.start, [0, 0]]), []
    for a, b in zip(edges, edges[1:]):
        K = current / node.F if any(abs(a - t) < 1e-9 for t in pulses) else 0.
        def f(_, y):
            d, entered, atp, _ = node.slopes(y, K)
            return [*d, entered, atp]
        S = solve_ivp(f, (a, b), y, method=method, rtol=rtol, atol=1e-11, dense_output=True)
        parts.append(S)
        y = S.y[:, -1]
    return parts


def spike(celsius, end):
    node = Node(celsius, 350.)
    parts = solve(node, [1.], .12, 1000., end)
    t = np.linspace(1, 2.5, 60001)
    peak = max(p.sol(t[(t >= p.t[0]) & (t <= p.t[-1])])[0].max() for p in parts if p.t[-1] > 1 and p.t[0] < 2.5)
    extra = parts[-1].y[8, -1] - 3 * node.resting * end
    work = 3 * (node.RT * np.log(114.5 / 13.74) - node.F * REST) + 2 * (node.RT * np.log(120 / 2.5) + node.F * REST)
    free = -11900. + node.RT * np.log(node.ATP * 1e6 / (node.ADP * node.Pi * node.H))
    print(f'{celsius} C: rest {node.resting * 1000:.6g} pmol ATP/cm2/s, height {peak - REST:.6g} mV, sodium {extra:.6g} pmol/cm2, overlap {extra * node.F / (2 * (peak - REST)):.6g}, '
          f'work/free energy {work / free:.6g}, pump stands still at {REST - (free - work) / node.F:.6g} mV')


def recovery():
    node, end = Node(20., 350.), 1.8e6
    parts = solve(node, [1000. + 50 * i for i in range(10)], .12, 1000., end)
    y, before = parts[-1].y[:, -1], solve(node, [], .12, 0, end)[-1].y[:, -1]
    train = next(p for p in reversed(parts) if p.t[0] < 1.5e3).sol(1500.)
    print(f'recovery: ATP above rest for a spike {(y[9] - before[9]) / 10:.6g}, sodium above rest in the train {(train[8] - 3 * node.resting * 1500) / 10:.6g}, sodium/ATP {y[8] / y[9]:.8g}, change of sodium {y[1] - 13.74:.3g} mM')


def run_down():
    node = Node(20., 350.)
    node.pumps = 0.
    S = solve(node, [], .12, 0, 7.14e6, 'Radau', 1e-9)[0]
    t = np.linspace(0, 2e6, 400001)
    print(f'pump stopped: -40 mV after {t[np.argmax(S.sol(t)[0] > -40)] / 1000:.6g} s, V at the end {S.y[0, -1]:.6g} mV')


def cable(celsius, count, current=3000., start=.5, length=.1, end=2.5, rtol=1e-9):
    d, node_length, internode, resistivity = 14e-4, 2.5e-4, .2, .11
    node = Node(celsius, d * internode / (4 * node_length) * 1e6)
    G = d / (4 * resistivity * node_length * internode)

    def f(_, y, i):
        Y = y[:8 * count].reshape(8, count)
        mu = node.RT * np.log(Y[2]) + node.F * Y[0]
        axial = G / node.F ** 2 * -np.diff(mu)
        gain = np.concatenate([[0], axial]) - np.concatenate([axial, [0]])
        gain[0] += i / node.F
        d, entered, _, J = node.slopes(Y, gain)
        drive = {ion: node.RT * np.log(c / OUTSIDE[ion]) + z * node.F * Y[0] for ion, c, z in (('Na', Y[1], 1), ('K', Y[2], 1), ('Cl', Y[3], -1))}
        channels = (J['Na'] + J['p'] + J['b']) * drive['Na'] + J['K'] * drive['K'] + J['Cl'] * drive['Cl']
        return np.concatenate([np.array(d).ravel(), [np.sum(axial * -np.diff(mu)), channels.sum()]])
    y, parts = np.concatenate([np.repeat(node.start, count), [0, 0]]), []
    for a, b, i in [(0, start, 0), (start, start + length, current), (start + length, end, 0)]:
        parts.append(solve_ivp(f, (a, b), y, method='LSODA', rtol=rtol, atol=1e-10, dense_output=True, args=(i,)))
        y = parts[-1].y[:, -1]
    t = np.linspace(start + length, end, 190001)
    V = parts[-1].sol(t)[:count]

    def crossing(k):
        i = np.argmax(V[k] > -20)
        return t[i - 1] + (t[i] - t[i - 1]) * (-20 - V[k, i - 1]) / (V[k, i] - V[k, i - 1])
    print(f'cable of {count} nodes, {celsius} C: speed {2 * 6 / (crossing(10) - crossing(4)):.6g} m/s, axoplasm over channels {y[-2] / y[-1]:.6g}')


if __name__ == '__main__':
    spike(20., 10.)
    spike(37., 3.)
    recovery()
    run_down()
    cable(20., 15)
