"""An independent reading and simulation of SBML core, to compare ours with: libsbml reads, scipy's LSODA (or Radau) integrates.

Usage: sbml_oracle.py END POINTS FILE...   prints one JSON object a line: file, times, columns (species as amounts,
other quantities with a rate rule as they are), or file and the reason why this script does not cover the model.

It covers reactions, rules, initial assignments, function definitions, conversion factors and variable stoichiometry;
no delays, algebraic rules, fast reactions, packages or events other than a single one without delay.
"""
import json
import math
import signal
import sys
import warnings

import libsbml
import numpy
from scipy.integrate import solve_ivp

warnings.filterwarnings("ignore")
L = libsbml


class NotCovered(Exception):
    pass


class TooLong(NotCovered):
    pass


FUNCTIONS = {
    L.AST_FUNCTION_ABS: "abs", L.AST_FUNCTION_EXP: "exp", L.AST_FUNCTION_LN: "log", L.AST_FUNCTION_FLOOR: "floor",
    L.AST_FUNCTION_CEILING: "ceil", L.AST_FUNCTION_SIN: "sin", L.AST_FUNCTION_COS: "cos", L.AST_FUNCTION_TAN: "tan",
    L.AST_FUNCTION_ARCSIN: "asin", L.AST_FUNCTION_ARCCOS: "acos", L.AST_FUNCTION_ARCTAN: "atan", L.AST_FUNCTION_SINH: "sinh",
    L.AST_FUNCTION_COSH: "cosh", L.AST_FUNCTION_TANH: "tanh", L.AST_FUNCTION_FACTORIAL: "factorial",
    L.AST_FUNCTION_MIN: "min", L.AST_FUNCTION_MAX: "max",
}
RELATIONS = {L.AST_RELATIONAL_LT: "<", L.AST_RELATIONAL_LEQ: "<=", L.AST_RELATIONAL_GT: ">", L.AST_RELATIONAL_GEQ: ">=",
             L.AST_RELATIONAL_EQ: "==", L.AST_RELATIONAL_NEQ: "!="}


def code(n, names, local=()):
    """Python text of a formula; names maps identifiers to Python text."""
    t = n.getType()
    c = [code(n.getChild(i), names, local) for i in range(n.getNumChildren())] if t != L.AST_LAMBDA else []
    if t in (L.AST_INTEGER, L.AST_REAL, L.AST_REAL_E, L.AST_RATIONAL):
        value = n.getValue()
        return f"float('{value!r}')" if not math.isfinite(value) else repr(float(value))
    if t == L.AST_NAME:
        name = n.getName()
        if name in local:
            return local[name]
        if name not in names:
            raise NotCovered(f"symbol {name}")
        return names[name]
    if t == L.AST_NAME_TIME:
        return "t"
    if t == L.AST_NAME_AVOGADRO:
        return "6.02214179e23"
    if t == L.AST_CONSTANT_PI:
        return "pi"
    if t == L.AST_CONSTANT_E:
        return "e"
    if t == L.AST_CONSTANT_TRUE:
        return "1.0"
    if t == L.AST_CONSTANT_FALSE:
        return "0.0"
    if t == L.AST_PLUS:
        return "(" + " + ".join(c or ["0.0"]) + ")"
    if t == L.AST_TIMES:
        return "(" + " * ".join(c or ["1.0"]) + ")"
    if t == L.AST_MINUS:
        return f"(-{c[0]})" if len(c) == 1 else f"({c[0]} - {c[1]})"
    if t == L.AST_DIVIDE:
        return f"({c[0]} / {c[1]})"
    if t in (L.AST_POWER, L.AST_FUNCTION_POWER):
        return f"power({c[0]}, {c[1]})"
    if t == L.AST_FUNCTION_ROOT:
        return f"power({c[-1]}, 1.0 / {c[0] if len(c) == 2 else 2.0})"
    if t == L.AST_FUNCTION_LOG:
        return f"(log({c[1]}) / log({c[0]}))" if len(c) == 2 else f"log10({c[0]})"
    if t in FUNCTIONS:
        return f"{FUNCTIONS[t]}({', '.join(c)})"
    if t in RELATIONS and len(c) == 2:
        return f"float({c[0]} {RELATIONS[t]} {c[1]})"
    if t == L.AST_LOGICAL_AND:
        return "float(" + " and ".join(c or ["1.0"]) + " and True)"
    if t == L.AST_LOGICAL_OR:
        return "float(bool(" + " or ".join(c or ["0.0"]) + "))"
    if t == L.AST_LOGICAL_NOT:
        return f"float(not {c[0]})"
    if t == L.AST_FUNCTION_PIECEWISE:
        text = c[-1] if len(c) % 2 else "nan"
        for i in range(len(c) // 2 * 2 - 2, -1, -2):
            text = f"({c[i]} if {c[i + 1]} else {text})"
        return text
    raise NotCovered(f"operator {n.getName() or n.getOperatorName() or t}")


class Model:
    def __init__(self, path):
        document = L.readSBML(path)
        self.m = m = document.getModel()
        if m is None:
            raise NotCovered("no model")
        for package in ("comp", "fbc", "distrib"):
            if document.getPlugin(package) is not None:
                raise NotCovered(package)
        document.convert(properties("expandFunctionDefinitions"))
        if m.getNumFunctionDefinitions():
            raise NotCovered("function definitions")
        if m.getNumEvents() > 1 or any(e.isSetDelay() for e in m.getListOfEvents()):
            raise NotCovered("events")
        if any(r.getFast() for r in m.getListOfReactions()):
            raise NotCovered("fast reactions")
        self.build()

    def build(self):
        m = self.m
        rules = {r.getVariable(): r for r in m.getListOfRules() if not r.isAlgebraic() and r.isSetMath()}
        if any(r.isAlgebraic() for r in m.getListOfRules()):
            raise NotCovered("algebraic rules")
        assigned = {k: r for k, r in rules.items() if r.isAssignment()}
        rated = {k: r for k, r in rules.items() if r.isRate()}
        starts = {i.getSymbol(): i for i in m.getListOfInitialAssignments() if i.isSetMath()}
        values, twins = {}, {}
        for p in m.getListOfParameters():
            values[p.getId()] = p.getValue() if p.isSetValue() else math.nan
            if not p.isSetValue() and p.getId() not in rules and p.getId() not in starts and p.getName():
                same = [q.getId() for q in m.getListOfParameters() if q.getName() == p.getName() and q.getId() != p.getId()
                        and (q.isSetValue() or q.getId() in rules or q.getId() in starts)]
                if p.getName() == "time":
                    twins[p.getId()] = "t"
                elif len(same) == 1:
                    twins[p.getId()] = same[0]
        for c in m.getListOfCompartments():
            values[c.getId()] = c.getSize() if c.isSetSize() else 1.0
        references = {}
        for r in m.getListOfReactions():
            for x in list(r.getListOfReactants()) + list(r.getListOfProducts()):
                if x.isSetId() and m.getLevel() == 3:
                    references[x.getId()] = x
                    values[x.getId()] = x.getStoichiometry() if x.isSetStoichiometry() else math.nan
        self.species = {s.getId(): s for s in m.getListOfSpecies()}
        amounts = {i: s.getHasOnlySubstanceUnits() or m.getCompartment(s.getCompartment()).getSpatialDimensions() == 0 for i, s in self.species.items()}
        names = {i: f"v_{i}" for i in list(values) + list(self.species)}
        names.update({r.getId(): f"v_{r.getId()}" for r in m.getListOfReactions()})
        names.update({p: (q if q == "t" else f"v_{q}") for p, q in twins.items()})

        self.names, self.assignments = names, set(assigned)

        # Formulas by target, sorted so that each comes after those it needs.
        formulas = {k: r.getMath() for k, r in assigned.items()}
        laws = {}
        for r in m.getListOfReactions():
            law = r.getKineticLaw()
            if law is None or not law.isSetMath():
                laws[r.getId()] = "0.0"
                continue
            parameters = list(law.getListOfParameters()) + list(law.getListOfLocalParameters())
            laws[r.getId()] = code(law.getMath(), names, {p.getId(): repr(p.getValue()) for p in parameters})
        texts = {k: code(f, names) for k, f in formulas.items()}
        texts.update(laws)
        order = self.order(texts, names)

        # States: amounts of species that reactions change, and whatever has a rate rule, in its own unit.
        moved = {x.getSpecies() for r in m.getListOfReactions() for x in list(r.getListOfReactants()) + list(r.getListOfProducts())}
        self.states = [i for i, s in self.species.items() if i in rated or (i not in assigned and not s.getBoundaryCondition() and not s.getConstant() and i in moved)]
        self.states += [k for k in rated if k not in self.species]
        self.held = [i for i in self.species if i not in self.states and i not in assigned]
        self.amounts, self.rated = amounts, set(rated)

        lines = ["def values(t, y, p):"]
        lines += [f"    v_{k} = p['{k}']" for k in values if k not in assigned and k not in rated and k not in twins]
        size_of = {i: f"v_{s.getCompartment()}" for i, s in self.species.items()}
        early = [k for k in self.states if k not in self.species]
        lines += [f"    v_{k} = y[{self.states.index(k)}]" for k in early]
        pending = list(order)
        needed_sizes = {s.getCompartment() for s in self.species.values()} & set(assigned)
        for k in [k for k in pending if k in needed_sizes]:
            lines.append(f"    v_{k} = {texts[k]}")
            pending.remove(k)
        for i in self.states:
            if i in self.species:
                y = f"y[{self.states.index(i)}]"
                lines.append(f"    v_{i} = {y}" if amounts[i] or i in rated else f"    v_{i} = {y} / {size_of[i]}")
        for i in self.held:
            lines.append(f"    v_{i} = p['{i}']" if amounts[i] else f"    v_{i} = p['{i}'] / {size_of[i]}")
        lines += [f"    v_{k} = {texts[k]}" for k in pending]
        lines.append("    return locals()")
        lines += ["def rates(t, y, p):", "    v = values(t, y, p)", "    globals().update(v)", "    return ["]
        for k in self.states:
            if k in rated:
                lines.append(f"        {code(rated[k].getMath(), names)},")
                continue
            terms = []
            for r in m.getListOfReactions():
                for sign, side in ((-1, r.getListOfReactants()), (1, r.getListOfProducts())):
                    for x in side:
                        if x.getSpecies() == k:
                            terms.append(f"{sign} * {self.coefficient(x, names, values)} * v_{r.getId()}")
            s = self.species[k]
            factor = s.getConversionFactor() or m.getConversionFactor()
            lines.append(f"        ({' + '.join(terms)})" + (f" * v_{factor}" if factor else "") + ",")
        lines.append("    ]")
        self.scope = {name: getattr(math, name) for name in ("exp", "log", "log10", "floor", "ceil", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "pi", "e", "nan")}
        self.scope.update(power=lambda a, b: math.nan if a < 0 and b != int(b) else a ** b, factorial=lambda n: math.gamma(n + 1))
        exec("\n".join(lines), self.scope)
        self.start(values, starts, names, texts, order, amounts)

    def coefficient(self, x, names, values):
        if x.isSetId() and x.getId() in values:
            return f"v_{x.getId()}"
        if x.isSetStoichiometryMath():
            return code(x.getStoichiometryMath().getMath(), names)
        return repr(float(x.getStoichiometry()) / (x.getDenominator() or 1))

    @staticmethod
    def order(texts, names):
        import re
        known = {f"v_{k}": k for k in texts}
        needs = {k: {known[w] for w in re.findall(r"v_\w+", text) if w in known} for k, text in texts.items()}
        result = []
        while needs:
            ready = [k for k, n in needs.items() if not n]
            if not ready:
                raise NotCovered("a loop of rules")
            result += ready
            for k in ready:
                del needs[k]
            for n in needs.values():
                n.difference_update(ready)
        return result

    def start(self, values, starts, names, texts, order, amounts):
        """Initial values: declared ones, then initial assignments and rules over and over until nothing moves."""
        v = {f"v_{k}": x for k, x in values.items()}
        size = lambda s: v[f"v_{s.getCompartment()}"]
        scope = dict(self.scope, t=0.0)
        compiled = [(k, compile(code(i.getMath(), names), k, "eval")) for k, i in starts.items()] + [(k, compile(texts[k], k, "eval")) for k in order]
        fixed = {k for k, _ in compiled}
        for _ in range(len(compiled) + 2):
            for i, s in self.species.items():
                if i in fixed:
                    continue
                if s.isSetInitialAmount():
                    v[f"v_{i}"] = s.getInitialAmount() if amounts[i] else s.getInitialAmount() / size(s)
                elif s.isSetInitialConcentration():
                    v[f"v_{i}"] = s.getInitialConcentration() * (size(s) if amounts[i] else 1)
                else:
                    v.setdefault(f"v_{i}", math.nan)
            for k, formula in compiled:
                try:
                    v[f"v_{k}"] = eval(formula, scope, v)
                except NameError:
                    pass
        content = lambda i: v[f"v_{i}"] * (1 if amounts[i] else size(self.species[i]))
        self.p = {k: v[f"v_{k}"] for k in values}
        self.p.update({i: content(i) for i in self.held})
        self.y0 = [v[f"v_{k}"] if k in self.rated or k not in self.species else content(k) for k in self.states]

    def jump(self, end):
        """When the one event happens, which must depend on time alone and set parameters; infinite where there is none."""
        event = next(iter(self.m.getListOfEvents()), None)
        if event is None:
            return math.inf
        if not event.getTrigger().isSetMath() or any(a.getVariable() not in self.p or a.getVariable() in self.species or a.getVariable() in self.states for a in event.getListOfEventAssignments()):
            raise NotCovered("events")
        text = code(event.getTrigger().getMath(), self.names)
        fixed = {f"v_{k}": value for k, value in self.p.items() if k not in self.states and k not in self.assignments}
        try:
            holds = lambda t: bool(eval(text, dict(self.scope, t=t), fixed))
            grid = numpy.linspace(0, end, 10001)
            after = next((i for i in range(1, len(grid)) if holds(grid[i]) and not holds(grid[i - 1])), None)
        except NameError:
            raise NotCovered("events") from None
        if after is None:
            return math.inf
        low, high = grid[after - 1], grid[after]
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if holds(middle) else (middle, high)
        # An output time on the jump itself would be ambiguous.
        return high if not any(abs(high - t) < 1e-9 for t in numpy.linspace(0, end, 6)) else high + 1e-13

    def assigned(self, t, y):
        event = next(iter(self.m.getListOfEvents()))
        v = self.scope["values"](t, y, self.p)
        return {a.getVariable(): eval(code(a.getMath(), self.names), dict(self.scope, t=t), v) for a in event.getListOfEventAssignments()}

    def run(self, end, points, method, rtol):
        times = numpy.linspace(0, end, points)
        if not self.states:
            raise NotCovered("nothing moves")
        jump = self.jump(end)
        # Amounts share a scale, other quantities have their own: a large rate constant must not set the tolerance of a small amount.
        largest = max([abs(y) for k, y in zip(self.states, self.y0) if k in self.species and math.isfinite(y)] + [1e-12])
        atol = [1e-13 * (largest if k in self.species else max(abs(y) if math.isfinite(y) else 0, 1e-3)) for k, y in zip(self.states, self.y0)]
        # Short stretches, so that a jump of the rates is not stepped over.
        rows, y = [list(self.y0)], list(self.y0)
        for a, b in zip(times, times[1:]):
            stops = [a] + ([jump] if a < jump < b else []) + [b]
            for c, d in zip(stops, stops[1:]):
                if c == jump:
                    self.p.update(self.assigned(c, y))
                s = solve_ivp(self.scope["rates"], (c, d), y, args=(self.p,), method=method, rtol=rtol, atol=atol)
                if not s.success:
                    raise NotCovered(s.message)
                y = s.y[:, -1]
            rows.append(list(y))
        columns = {}
        for j, k in enumerate(self.states):
            column = [row[j] for row in rows]
            if k in self.species and k in self.rated and not self.amounts[k]:
                sizes = [self.scope["values"](t, row, self.p)[f"v_{self.species[k].getCompartment()}"] for t, row in zip(times, rows)]
                column = [c * s for c, s in zip(column, sizes)]
            columns[k] = column
        return {"times": list(times), "columns": columns}


def properties(name):
    p = L.ConversionProperties()
    p.addOption(name, True)
    return p


def give_up(*_):
    raise TooLong("takes too long here")


def main():
    signal.signal(signal.SIGALRM, give_up)
    end, points = float(sys.argv[1]), int(sys.argv[2])
    for path in sys.argv[3:]:
        signal.alarm(10)
        try:
            model = Model(path)
            try:
                answer = model.run(end, points, "LSODA", 1e-10)
            except TooLong:
                # LSODA creeps where a stiff model comes to rest; an implicit Runge-Kutta method does not.
                signal.alarm(20)
                answer = Model(path).run(end, points, "Radau", 1e-9)
            print(json.dumps({"file": path, **answer}), flush=True)
        except NotCovered as reason:
            print(json.dumps({"file": path, "notCovered": str(reason)}), flush=True)
        except Exception as fault:
            print(json.dumps({"file": path, "notCovered": f"{type(fault).__name__}: {fault}"}), flush=True)


main()
