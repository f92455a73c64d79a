"""The self-maintaining cell, solved by scipy: equations written out by hand, division by a terminal event. Constants are those of SelfMaintainingCell.cs."""
import numpy as np
from scipy.integrate import solve_ivp

BASE = dict(metabolism=3., catalysts=1., lipids=1., uptake=4., leak=.5, hole=0., wear=.4, loss=.05, food=1., strength=5., limit=2.)
A_OUT, E_OUT, W = 1e-6, 1e-9, 1e-3
MU_X, MU_A, MU_E, MU_L, MU_W = 20., 10., 4., 4., 0.
START = np.array([.94, .76, .39, 1.])


def rates(t, y, s):
    X, A, E, S = y
    V = S ** 1.5
    x, a, e = X / V, A / V, E / V
    pore = ((x + a + e) / s['strength']) ** 8 + s['hole']
    makes = s['metabolism'] * V * e * (x - a * np.exp(MU_A - MU_X))
    catalyst = s['catalysts'] * V * e * (a - e * np.exp(MU_E - MU_A))
    lipid = s['lipids'] * V * e * (a - np.exp(MU_L - MU_A))
    return [(s['uptake'] + pore) * S * (s['food'] - x) - makes,
            makes - catalyst - lipid - (s['leak'] + pore) * S * (a - A_OUT),
            catalyst - s['wear'] * (E - V * W * np.exp(MU_W - MU_E)) - pore * S * (e - E_OUT),
            lipid - s['loss'] * S * (1 - W * np.exp(MU_W - MU_L))]


def run(y, span, **changes):
    s = {**BASE, **changes}
    t, divisions = 0., []

    def full(_, y):
        return y[3] - s['limit']

    full.terminal, full.direction = True, 1
    while t < span:
        r = solve_ivp(lambda t, y: rates(t, y, s), (t, span), y, method='LSODA', rtol=1e-9, atol=1e-12, events=full)
        t, y = r.t[-1], r.y[:, -1]
        if r.status == 1:
            y = y / 2
            divisions.append(t)
    return y, divisions


def growth(y, **changes):
    """Of the membrane, divisions counted in, from 30 to 40 h."""
    y, _ = run(y, 30, **changes)
    z, divisions = run(y, 10, **changes)
    return np.log(z[3] / y[3]) + len(divisions) * np.log(2)


def threshold(lives, low, high):
    """Where lives(x) turns; it must be true at one end alone."""
    at_low = lives(low)
    assert at_low != lives(high)
    while abs(high - low) > 1e-5 * abs(high):
        middle = (low + high) / 2
        low, high = (middle, high) if lives(middle) == at_low else (low, middle)
    return (low + high) / 2


if __name__ == '__main__':
    y0, d = run(START, 60)
    print('time between divisions', d[-1] - d[-2], 'state', y0)
    part = lambda i: lambda f: growth(y0 * np.where(np.arange(4) == i, f, 1)) > 0
    print('catalyst kept', threshold(part(2), .03, 1))
    print('food', threshold(lambda f: growth(y0, food=f) > 0, .3, 1))
    print('leak', threshold(lambda f: growth(y0, leak=f) > 0, .5, 2))
    print('famine', threshold(lambda h: growth(run(y0, h, food=0.)[0]) > 0, 1, 12))
    print('hole 1', threshold(lambda h: growth(run(y0, h, hole=1.)[0]) > 0, .2, 8))
    print('wear', threshold(lambda f: growth(y0, wear=f) > 0, .4, 2))
    for cut in ('uptake', 'metabolism', 'catalysts', 'lipids'):
        print('cut', cut, growth(y0, **{cut: 0.}))
    print('cut closure', growth(y0, hole=100.))
    print('cut division', growth(y0, limit=1e9), run(y0, 40, limit=1e9)[0])
    for i, name in enumerate(('food', 'metabolite', 'catalyst', 'membrane')):
        print('left 1 % of', name, growth(y0 * np.where(np.arange(4) == i, .01, 1)))
    for length in (3, 5):
        y, _ = run(run(START, 20)[0], length, food=0.)
        print('divisions after a famine of', length, 'h:', len(run(y, 40 - length)[1]))
