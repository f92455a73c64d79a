#!/usr/bin/python3
"""The atlas' nested-gradients by scipy: the mitochondrion of Randall et al. (2021) around the node of pumped_axon.py, per litre of mitochondria. Written apart from the library,
from the papers' equations; prints the numbers that the system is checked against.

    python3 tests/oracle/nested_gradients.py
"""
import numpy as np
from scipy.integrate import solve_ivp
import pumped_axon as axon

R, F, T, CELSIUS = 8.314, 96485., 310.15, 37.
RT = R * T
axon.R, axon.FARADAY = R, F
SHARE, DIAMETER, WATER = .06, 5e-4, .7238
VX, VI, VC = .9 * WATER, .1 * WATER, .8425 * (1 - SHARE) / SHARE
AREA = 4000 / (DIAMETER * SHARE)                      # cm2
HX, HC = 10 ** -7.40, 10 ** -7.20
DG_ATP, DG1, DG3, DG4 = 4990., -109680., 46690., -202160.
PK = dict(ATP=(6.33, 3.88, 1.02), ADP=(6.26, 3.00, .89), Pi=(6.62, 1.66, .42))
binding = lambda what, H, K: 1 + H * 10 ** PK[what][0] + 1e-3 * 10 ** PK[what][1] + K * 10 ** PK[what][2]
PTx, PDx, PPx = (binding(w, HX, .1) for w in ('ATP', 'ADP', 'Pi'))
PTc, PDc, PPc = (binding(w, HC, .14) for w in ('ATP', 'ADP', 'Pi'))
NAD, Q, CYT, RATIO = 2.97e-3, 1.35e-3, 2.7e-3, 6.8385


class Axon(axon.Node):
    """The node with fuel from the mitochondria; rest in the temperature of the mitochondria."""
    def __init__(self, ATPc, ADPc, Pic):
        super().__init__(CELSIUS, VC / AREA * 1e9, *self.seen(ATPc, ADPc, Pic))
        # MgATP and MgADP in place of the free forms, in the equilibrium constant
        K = np.exp(-DG_ATP / RT) * 10 ** (PK['ADP'][1] - PK['ATP'][1]) * 1e6
        self.pump['Ki'] *= np.sqrt(K / (np.exp(-11900. / RT) * 1e6))
        self.pumps = 1.
        self.pumps = self.resting / self.fluxes(self.start)['pump']

    @staticmethod
    def seen(ATPc, ADPc, Pic):
        return 1e3 * ATPc * 1e-3 * 10 ** PK['ATP'][1] / PTc, 1e3 * ADPc * 1e-3 * 10 ** PK['ADP'][1] / PDc, 1e3 * Pic / PPc


def mitochondrion(y, atpase, oxygen, X_DH):
    """d/dt of dPsi, ATPx, ADPx, Pix, NADH, QH2, c(red), ATPc, ADPc, Pic; then fluxes. atpase in mol/s."""
    psi, ATPx, ADPx, Pix, NADH, QH2, cred, ATPc, ADPc, Pic = y
    phi, rho = F * psi / RT, HX / HC
    NADo, Qo, cox = NAD - NADH, Q - QH2, CYT - cred
    DH = X_DH * (RATIO * NADo - NADH) * (1 + Pix / 4.659e-4) / (1 + Pix / 6.578e-4)
    C1 = 1e4 * (np.exp(-(DG1 - RT * np.log(HX) + 4 * F * psi) / RT) * rho ** 4 * NADH * Qo - NADo * QH2)
    C3 = 1e6 * (np.exp(-(DG3 + 2 * RT * np.log(HC) + 2 * F * psi) / RT) * rho ** 2 * QH2 * cox ** 2 - Qo * cred ** 2)
    C4 = .0125 / (1 + 1.2e-4 / oxygen) * (np.sqrt(np.exp(-(DG4 - 2 * RT * np.log(HC) + 4 * F * psi) / RT) * rho ** 4) * cred * oxygen ** .25 - cox)
    K = np.exp((DG_ATP + RT * np.log(HX * PTx / (PDx * PPx)) + 8 / 3 * F * psi) / RT) * rho ** (-8 / 3)
    F1 = 1000 * (K * ADPx * Pix - ATPx)
    Tx, Dx, Tc, Dc = ATPx / PTx, ADPx / PDx, ATPc / PTc, ADPc / PDc
    A, B, C = .2829, -.2086, .2372
    k2, k3 = 9.54 / 60 * np.exp((-3 * A - 4 * B + C) * phi), 30.05 / 60 * np.exp((-4 * A - 3 * B + C) * phi)
    KD, KT = 38.89e-6 * np.exp(3 * .0167 * phi), 56.05e-6 * np.exp(4 * .0699 * phi)
    q = k3 * KD * np.exp(phi) / (k2 * KT)
    ANT = .325 * (k2 * q / KD * Tx * Dc - k3 / KT * Dx * Tc) / ((1 + Tc / KT + Dc / KD) * (Dx + Tx * q))
    KH = 10 ** -6.62
    hx, hc = Pix / PPx * HX / KH, Pic / PPc * HC / KH
    PiC = 5e6 * (HC * hc - HX * hx) / (1.61e-3 + hc)
    leak = 1000 * (HC * np.exp(phi / 2) - HX * np.exp(-phi / 2))
    d = [F * (4 * C1 + 2 * C3 + 4 * C4 - 8 / 3 * F1 - ANT - leak) / 300, (F1 - ANT) / VX, (ANT - F1) / VX, (PiC - F1) / VX, (DH - C1) / VX, (C1 - C3) / VX, 2 * (C3 - C4) / VI,
         (ANT - atpase) / VC, (atpase - ANT) / VC, (atpase - PiC) / VC]
    return d, dict(DH=DH, C1=C1, C3=C3, C4=C4, F1=F1, ANT=ANT, PiC=PiC, leak=leak)


def settled():
    u = axon.FARADAY * 1e-3 * axon.REST / RT
    v = np.array([axon.rise(.02, 35, 10, 0), axon.fall(.05, 10, 10, 0)])
    n = v[0] / v.sum()
    atp = 1.2e-3 * n * n * 1e6 * (120 * axon.bernoulli(-u) - 2.5 * axon.bernoulli(u)) / 2 * 1e-12 * AREA
    y = [.175, .5e-3, 9.5e-3, 1e-3, NAD * 2 / 3, Q * .1, CYT * .1, 4e-3, .05e-3, 2e-3]
    S = solve_ivp(lambda t, y: mitochondrion(y, atp, 25 * 1.74e-6, .1732)[0], (0, 1e5), y, method='BDF', rtol=1e-10, atol=1e-14)
    return S.y[:, -1], atp


def combined(node, oxygen, X_DH):
    """States: the ten of the mitochondrion, then V, Na, K, Cl and gates of the axon, in mV, mM and s."""
    def f(t, y):
        node.ATP, node.ADP, node.Pi = node.seen(*y[7:10])
        d, _, atp, _ = node.slopes(y[10:18], 0.)
        return [*mitochondrion(y[:10], atp * 1e3 * 1e-12 * AREA, oxygen, X_DH)[0], *(1e3 * np.array(d))]
    return f


if __name__ == '__main__':
    rest, atp = settled()
    d, J = mitochondrion(rest, atp, 25 * 1.74e-6, .1732)
    node = Axon(*rest[7:])
    psi = rest[0]
    pmf = F * psi + RT * np.log(HC / HX)
    free = -(DG_ATP + RT * np.log(HC * rest[8] / PDc * rest[9] / PPc / (rest[7] / PTc)))
    work = 3 * (RT * np.log(114.5 / 13.74) + F * .07) + 2 * (RT * np.log(120 / 2.5) - F * .07)
    mu_c = DG4 / -2
    food = (2 * mu_c - DG3 - DG1 + RT * np.log(HX) + RT * np.log(RATIO)) + RT * np.log(25 * 1.74e-6) / 2
    print(f'rest: O2 {J["C4"] / 2 * 1e3:.6g} mmol/s/L, dp {pmf / F * 1e3:.6g} mV, dG ATP {free / 1e3:.6g} kJ/mol, ATP/O {atp / J["C4"]:.6g}, residual {np.abs(d).max():.2g}')
    print(f'steps: food to dp {100 * 10 * pmf / food:.6g} %, dp to ATP {100 * free * atp / (10 * pmf * J["C4"]):.6g} %, ATP to ions {100 * work / free:.6g} %, food to ions {100 * work * atp / (food * J["C4"]):.6g} %')
    start = np.concatenate([rest, node.start])
    for name, oxygen, X_DH in (('no oxygen', 1e-6 * 1.74e-6, .1732), ('no food', 25 * 1.74e-6, 0.)):
        S = solve_ivp(combined(node, oxygen, X_DH), (0, 1440), start, method='BDF', rtol=1e-8, atol=1e-11, dense_output=True)
        t = np.linspace(0, 400, 40001)
        y = S.sol(t)
        E_Na, E_K = RT / F * np.log(114.5 / y[11]), RT / F * np.log(2.5 / y[12])
        forces = dict(dp=y[0] + RT / F * np.log(HC / HX), ATP=-(DG_ATP + RT * np.log(HC * y[8] / PDc * y[9] / PPc / np.maximum(y[7] / PTc, 1e-12))),
                      Na=E_Na - y[10] / 1e3, V=-y[10], K=-E_K)
        print(name + ': half is left after', ', '.join(f'{k} {t[np.argmax(v < v[0] / 2)]:.4g} s' for k, v in forces.items()))
