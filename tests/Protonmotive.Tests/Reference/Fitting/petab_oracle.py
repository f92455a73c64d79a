"""Log-likelihood of a PEtab problem at its nominal parameters with libsbml and scipy, apart from Protonmotive.

Usage: petab_oracle.py FOLDER. Normal noise on a linear or log10 scale, no rest before; prints the log-likelihood.
The numbers in PetabBenchmarks.cs were printed with libsbml 5.19.7 and scipy 1.10.1 (LSODA, relative tolerance 1e-11).
"""
import csv
import glob
import math
import os
import sys

import libsbml
from scipy.integrate import solve_ivp

FUNCTIONS = dict(exp=math.exp, ln=math.log, log=math.log, pow=pow, sqrt=math.sqrt,
                 lt=lambda a, b: a < b, leq=lambda a, b: a <= b, gt=lambda a, b: a > b, geq=lambda a, b: a >= b,
                 piecewise=lambda *a: next((a[i] for i in range(0, len(a) - 1, 2) if a[i + 1]), a[-1]))


def table(pattern):
    with open(glob.glob(pattern)[0]) as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def code(formula):
    return compile(formula.replace("^", "**"), "formula", "eval")


def solve(model, values, times):
    env = {c.getId(): c.getSize() for c in model.getListOfCompartments()}
    env.update({p.getId(): p.getValue() for p in model.getListOfParameters()})
    env.update(values)
    species = list(model.getListOfSpecies())
    ids = [s.getId() for s in species]
    for s in species:
        env[s.getId()] = s.getInitialConcentration() if s.isSetInitialConcentration() else s.getInitialAmount() / env[s.getCompartment()]
    for a in model.getListOfInitialAssignments():
        env[a.getSymbol()] = eval(code(libsbml.formulaToString(a.getMath())), FUNCTIONS, dict(env, time=0, t=0))
    rules = [(r.getVariable(), code(libsbml.formulaToString(r.getMath()))) for r in model.getListOfRules()]
    reactions = []
    for r in model.getListOfReactions():
        change = {}
        for side, sign in ((r.getListOfReactants(), -1), (r.getListOfProducts(), 1)):
            for x in side:
                change[x.getSpecies()] = change.get(x.getSpecies(), 0) + sign * x.getStoichiometry()
        reactions.append((code(libsbml.formulaToString(r.getKineticLaw().getMath())), change))
    held = {s.getId() for s in species if s.getBoundaryCondition() or s.getConstant()}
    place = {s.getId(): s.getCompartment() for s in species}

    def at(t, y):
        e = dict(env, time=t, t=t)
        e.update(zip(ids, y))
        for name, formula in rules:
            e[name] = eval(formula, FUNCTIONS, e)
        return e

    def rates(t, y):
        e, dy = at(t, y), dict.fromkeys(ids, 0.0)
        for formula, change in reactions:
            v = eval(formula, FUNCTIONS, e)
            for name, n in change.items():
                if name not in held:
                    dy[name] += n * v / env[place[name]]
        return [dy[i] for i in ids]

    y0 = [env[i] for i in ids]
    if times == [0]:
        return {0: at(0, y0)}
    s = solve_ivp(rates, (0, times[-1]), y0, method="LSODA", rtol=1e-11, atol=1e-12, t_eval=times)
    return {t: at(t, s.y[:, k]) for k, t in enumerate(s.t)}


def main(folder):
    model_file = glob.glob(os.path.join(folder, "model_*.xml"))[0]
    document = libsbml.readSBML(model_file)
    nominal = {r["parameterId"]: float(r["nominalValue"]) for r in table(os.path.join(folder, "parameters_*.tsv"))}
    conditions = {r["conditionId"]: r for r in table(os.path.join(folder, "experimentalCondition_*.tsv"))}
    observables = {r["observableId"]: r for r in table(os.path.join(folder, "observables_*.tsv"))}
    rows = table(os.path.join(folder, "measurementData_*.tsv"))
    number = lambda text: nominal[text] if text in nominal else float(text)
    total = 0.0
    for name in dict.fromkeys(r["simulationConditionId"] for r in rows):
        own = [r for r in rows if r["simulationConditionId"] == name]
        values = dict(nominal)
        values.update({k: number(v) for k, v in conditions[name].items() if k not in ("conditionId", "conditionName") and v})
        course = solve(document.getModel(), values, sorted({float(r["time"]) for r in own}))
        for r in own:
            env = dict(course[float(r["time"])])
            env.update(nominal)
            for kind in ("observable", "noise"):
                for k, text in enumerate(filter(None, (r.get(kind + "Parameters") or "").split(";"))):
                    env[f"{kind}Parameter{k + 1}_{r['observableId']}"] = number(text)
            o = observables[r["observableId"]]
            y, sigma, m = eval(code(o["observableFormula"]), FUNCTIONS, env), eval(code(o["noiseFormula"]), FUNCTIONS, env), float(r["measurement"])
            logarithmic = o.get("observableTransformation") == "log10"
            residual = (math.log10(m / y) if logarithmic else m - y) / sigma
            total -= 0.5 * residual ** 2 + math.log(sigma * math.sqrt(2 * math.pi)) + (math.log(m * math.log(10)) if logarithmic else 0)
    print(repr(total))


main(sys.argv[1])
