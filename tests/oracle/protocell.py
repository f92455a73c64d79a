"""Steady states of the protocell, solved apart from Protonmotive: two nested root searches instead of Newton's method on amounts.

K+ and Cl- only leak, so they rest at their Nernst potential; that leaves the potential u = FV/RT (inside less outside), Na+ and H+ inside,
found from the balance of charge, of Na+ and of H+ less OH-. Constants: docs/decisions/protocell.md.
"""
import numpy as np
from scipy.optimize import brentq

R, F, N = 8.31446261815324, 96485.33212331, 6.02214076e23
T = 298.15
RT = R * T
KW, WATER = 1e-14, 1.4e11
HALF = 3e4                      # cm2 of one half over cm3 of cell
CAP = 1e-6 * 2 * HALF * 1000    # F per litre
NA, K, CL = 0.45, 0.01, 0.46
BASE = dict(P=1e-3, pHa=7.0, pHk=10.0, ratio=1e-6, dG=50e3, share=0.5, syn=1e10, anti=0.0, pump=0.0)


def f(u):
    return 1 - u / 2 + u * u / 12 if abs(u) < 1e-4 else u / np.expm1(u)


def ghk(p, z, out, inside, u):
    """Inward through one half, M/s."""
    return p * HALF * f(z * u) * (out - inside * np.exp(z * u))


def rate(density, turnover):
    return density * HALF * 1000 / N * turnover  # M/s


def fluxes(u, na, h, s):
    ha, hk = 10 ** -s['pHa'], 10 ** -s['pHk']
    leak_h = ghk(s['P'], 1, ha, h, u) + ghk(s['P'], 1, hk, h, u)
    # OH- inside follows in closed form from its leak, linear in it, and water's mass action at a finite rate.
    enters = ghk(s['P'], -1, KW / ha, 0, u) + ghk(s['P'], -1, KW / hk, 0, u)
    leaves = -2 * ghk(s['P'], -1, 0, 1, u)
    oh = (enters + WATER * KW) / (leaves + WATER * h)
    leak_oh = enters - leaves * oh
    leak_na = 2 * ghk(s['P'] * s['ratio'], 1, NA, na, u)
    dmu_h = RT * (np.log(ha / h) - u)
    dmu_na = RT * (np.log(NA / na) - u)
    most = rate(s['syn'], 100)
    by_h = most * (1 - s['share']) * np.tanh((4 * dmu_h - s['dG']) / (2 * RT))
    by_na = most * s['share'] * np.tanh((4 * dmu_na - s['dG']) / (2 * RT))
    anti = rate(s['anti'], 1500) * (na / NA - h / ha)
    pump = rate(s['pump'], 200) * np.tanh((2 * F * 0.42 - 4 * dmu_h) / (2 * RT))
    return dict(h=leak_h - leak_oh + 4 * by_h + anti - 4 * pump, na=leak_na + 4 * by_na - anti, oh=oh, dmu_h=dmu_h, dmu_na=dmu_na, power=(by_h + by_na) / most)


def steady(**changes):
    s = {**BASE, **changes}

    def sodium(u, h):
        return np.exp(brentq(lambda x: fluxes(u, np.exp(x), h, s)['na'], np.log(1e-14), np.log(1e12), xtol=1e-14, rtol=1e-14))

    def proton(u):
        x = brentq(lambda x: fluxes(u, sodium(u, np.exp(x)), np.exp(x), s)['h'], np.log(1e-22), np.log(1e4), xtol=1e-14, rtol=1e-14)
        return np.exp(x)

    def charge(u):
        h = proton(u)
        na = sodium(u, h)
        return na + h + K * np.exp(-u) - CL * np.exp(u) - fluxes(u, na, h, s)['oh'] - CAP * u * RT / F / F

    u = brentq(charge, -8, 6, xtol=1e-13)
    h = proton(u)
    na = sodium(u, h)
    v = fluxes(u, na, h, s)
    return dict(u=u, mV=1000 * u * RT / F, na=na, pH=-np.log10(h), dmu_h=v['dmu_h'] / 1000, dmu_na=v['dmu_na'] / 1000, power=v['power'])


if __name__ == '__main__':
    cases = dict(plain={}, antiporter=dict(anti=1e10), pump=dict(pump=1e10), both=dict(anti=1e10, pump=1e10))
    for p in (1e-3, 1e-6):
        for name, case in cases.items():
            r = steady(P=p, **case)
            print(f"{p:g} {name:10} " + ' '.join(f"{k} {v:.9g}" for k, v in r.items()))
