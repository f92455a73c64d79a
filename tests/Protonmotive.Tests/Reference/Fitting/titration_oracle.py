"""Objective of the titration fit with numpy and scipy, apart from Protonmotive.

Usage: titration_oracle.py quasi_steady_state.csv FILE, where FILE holds a JSON object of the estimated values by name:
X_C1, X_C3, X_C4, X_H, X_DH (the published ones where left out), X_AtC[2] ... X_AtC[10], sigma_NADH, sigma_DeltaPsi, sigma_c, sigma_ADP.
The equations are those of Randall, Beard and co-authors (2021), written out anew. Prints -ln likelihood, and each simulated row.
The numbers in MitochondrionTitration.cs were printed with scipy 1.10.1 (LSODA, relative tolerance 1e-11).
"""
import csv
import json
import math
import sys

import numpy as np
from scipy.integrate import solve_ivp

R, T, F = 8.314, 310.15, 96485.0
RT = R * T
Wx, Wi = 0.9 * 0.7238, 0.1 * 0.7238
Vm = 5e-4
Cm = 300.0 / F
Hx, Hc = 10.0 ** -7.40, 10.0 ** -7.20
NADtot, Qtot, ctot = 2.97e-3, 1.35e-3, 2.70e-3
O2 = 25 * 1.74e-6
PUBLISHED = dict(X_C1=1e4, X_C3=1e6, X_C4=0.0125, X_H=1000.0, X_DH=0.1732)


def binding(pMg, pH, pK):
    """Binding polynomials in matrix and buffer, and the proton constant."""
    KMg, KH, KK = 10.0 ** -pMg, 10.0 ** -pH, 10.0 ** -pK
    return 1 + Hx / KH + 1e-3 / KMg + 0.100 / KK, 1 + Hc / KH + 1e-3 / KMg + 0.140 / KK, KH


TX, TC, _ = binding(3.88, 6.33, 1.02)
DX, DC, _ = binding(3.00, 6.26, 0.89)
PX, PC, KHP = binding(1.66, 6.62, 0.42)


def fluxes(y, p):
    """Complexes I, III, IV, dehydrogenases, synthase, translocase, phosphate carrier, leak: mol/s per litre of mitochondria."""
    psi, ATPx, ADPx, Pix, NADH, QH2, cred, ATPc, ADPc, Pic = y
    NAD, Q, cox = NADtot - NADH, Qtot - QH2, ctot - cred
    rho = Hx / Hc
    phi = F * psi / RT
    DH = p["X_DH"] * (6.8385 * NAD - NADH) * (1 + Pix / 4.659e-4) / (1 + Pix / 6.578e-4)
    K1 = math.exp(-(-109680 - RT * math.log(Hx) + 4 * F * psi) / RT) * rho ** 4
    C1 = p["X_C1"] * (K1 * NADH * Q - NAD * QH2)
    K3 = math.exp(-(46690 + 2 * RT * math.log(Hc) + 2 * F * psi) / RT) * rho ** 2
    C3 = p["X_C3"] * (K3 * QH2 * cox ** 2 - Q * cred ** 2)
    K4 = math.exp(-(-202160 - 2 * RT * math.log(Hc) + 4 * F * psi) / RT) * rho ** 4
    C4 = p["X_C4"] / (1 + 1.2e-4 / O2) * (math.sqrt(K4) * cred * O2 ** 0.25 - cox)
    KF = math.exp((4990 + RT * math.log(Hx * TX / (DX * PX)) + 8 / 3 * F * psi) / RT) * rho ** (-8 / 3)
    FF = 1000 * (KF * ADPx * Pix - ATPx)
    k2 = 9.54 / 60 * math.exp((-3 * 0.2829 + 4 * 0.2086 + 0.2372) * phi)
    k3 = 30.05 / 60 * math.exp((-4 * 0.2829 + 3 * 0.2086 + 0.2372) * phi)
    KD = 38.89e-6 * math.exp(3 * 0.0167 * phi)
    KT = 56.05e-6 * math.exp(4 * 0.0699 * phi)
    q = k3 * KD * math.exp(phi) / (k2 * KT)
    tx, dx, tc, dc = ATPx / TX, ADPx / DX, ATPc / TC, ADPc / DC
    ANT = 0.325 * (k2 * q / KD * tx * dc - k3 / KT * dx * tc) / ((1 + tc / KT + dc / KD) * (dx + tx * q))
    px, pc = Pix / PX * Hx / KHP, Pic / PC * Hc / KHP
    PiC = 5e6 * (Hc * pc - Hx * px) / (1.61e-3 + pc)
    leak = p["X_H"] * (Hc * math.exp(phi / 2) - Hx * math.exp(-phi / 2))
    return C1, C3, C4, DH, FF, ANT, PiC, leak


def rates(t, y, p, demand):
    C1, C3, C4, DH, FF, ANT, PiC, leak = fluxes(y, p)
    return [(4 * C1 + 2 * C3 + 4 * C4 - 8 / 3 * FF - ANT - leak) / Cm, (FF - ANT) / Wx, (ANT - FF) / Wx, (PiC - FF) / Wx,
            (DH - C1) / Wx, (C1 - C3) / Wx, 2 * (C3 - C4) / Wi, Vm * ANT - demand, demand - Vm * ANT, demand - Vm * PiC]


def rest(p, demand, phosphate):
    y = np.array([0.175, 0.5e-3, 9.5e-3, 0.3e-3, 0.1 * NADtot, 0.1 * Qtot, 0.1 * ctot, 5e-3, 0, phosphate])
    atol = 1e-14 * np.array([1e1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    found = solve_ivp(rates, (0, 1e5), y, args=(p, demand), method="LSODA", rtol=1e-11, atol=atol, t_eval=[1e5])
    y = found.y[:, -1]
    return dict(OCR=fluxes(y, p)[2] / 2 * 60 * 1e9 * 1.2232e-6, NADH=y[4] / NADtot, DeltaPsi=1000 * y[0], c=y[6] / ctot, ADP=1000 * y[8])


def main(data, values):
    p = {name: values.get(name, known) for name, known in PUBLISHED.items()}
    columns = dict(OCR="ocr_nmolO2_per_min_per_UCS", NADH="nadh_fraction", DeltaPsi="delta_psi_mV", c="cytc_reduced_fraction", ADP="buffer_adp_mM")
    objective = 0.0
    with open(data) as lines:
        for number, row in enumerate(csv.DictReader(lines), start=1):
            found = rest(p, values.get(f"X_AtC[{number}]", 0.0), float(row["pi_nominal_mM"]) / 1000)
            print(number, {k: float(f"{v:.9g}") for k, v in found.items()})
            for name, column in columns.items():
                if row[column] == "":
                    continue
                sigma = 2.84 if name == "OCR" else values["sigma_" + name]
                objective += 0.5 * ((float(row[column]) - found[name]) / sigma) ** 2 + math.log(sigma) + 0.5 * math.log(2 * math.pi)
    print(f"{objective:.10g}")


if __name__ == "__main__":
    with open(sys.argv[2]) as given:
        main(sys.argv[1], json.load(given))
