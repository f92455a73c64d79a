/* The next-reaction method of Gibson and Bruck (2000), J. Phys. Chem. A 104, 1876, in plain C: indexed binary heap,
   dependency graph, mass-action propensities, xoshiro256+ (Blackman and Vigna 2018, public domain algorithm).
   What the engine's stochastic simulation is timed against.

   Usage: next_reaction MODEL.table RUNS END POINTS SEED
   MODEL.table:  species N
                 amount_1 .. amount_N
                 channels M
                 one line a channel:  rate  R (species order){R}  C (species change){C}
                 a propensity is the rate times, for each reactant of order n, x (x-1) .. (x-n+1)
   Prints: seconds, firings, mean and deviation of every species at the end. */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t s[4];
static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
static inline uint64_t next_bits(void) {
    uint64_t result = s[0] + s[3], t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45);
    return result;
}
static inline double exponential(void) { return -log(((next_bits() >> 12) + 0.5) * 0x1.0p-52); }
static void seed_bits(uint64_t x) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = (x += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u; z = (z ^ (z >> 27)) * 0x94d049bb133111ebu; s[i] = z ^ (z >> 31);
    }
}

typedef struct { int species; int order; } reactant;
typedef struct { int species; double change; } change;
typedef struct { double rate; int reactants, changes, dependants; reactant *reactant; change *change; int *dependant; } channel;

static int n, m;
static double *x, *start, *a, *tau;
static int *heap, *place;
static channel *channels;

static inline double propensity(const channel *c) {
    double value = c->rate;
    for (int r = 0; r < c->reactants; r++) {
        double count = x[c->reactant[r].species];
        value *= count;
        for (int j = 1; j < c->reactant[r].order; j++) value *= count - j;
    }
    return value;
}

static inline void down(int at, int k) {
    double t = tau[k];
    for (;;) {
        int child = 2 * at + 1;
        if (child >= m) break;
        if (child + 1 < m && tau[heap[child + 1]] < tau[heap[child]]) child++;
        if (tau[heap[child]] >= t) break;
        heap[at] = heap[child]; place[heap[at]] = at; at = child;
    }
    heap[at] = k; place[k] = at;
}
static inline void move(int k) {
    int at = place[k]; double t = tau[k];
    while (at > 0 && tau[heap[(at - 1) / 2]] > t) { heap[at] = heap[(at - 1) / 2]; place[heap[at]] = at; at = (at - 1) / 2; }
    heap[at] = k; place[k] = at;
    down(at, k);
}

static void load(const char *name) {
    FILE *f = fopen(name, "r");
    if (!f || fscanf(f, " species %d", &n) != 1) { fprintf(stderr, "cannot read %s\n", name); exit(1); }
    x = calloc(n, sizeof *x); start = calloc(n, sizeof *start);
    for (int i = 0; i < n; i++) if (fscanf(f, "%lf", &start[i]) != 1) exit(1);
    if (fscanf(f, " channels %d", &m) != 1) exit(1);
    channels = calloc(m, sizeof *channels); a = calloc(m, sizeof *a); tau = calloc(m, sizeof *tau);
    heap = calloc(m, sizeof *heap); place = calloc(m, sizeof *place);
    for (int k = 0; k < m; k++) {
        channel *c = &channels[k];
        if (fscanf(f, "%lf %d", &c->rate, &c->reactants) != 2) exit(1);
        c->reactant = calloc(c->reactants + 1, sizeof *c->reactant);
        for (int r = 0; r < c->reactants; r++) if (fscanf(f, "%d %d", &c->reactant[r].species, &c->reactant[r].order) != 2) exit(1);
        if (fscanf(f, "%d", &c->changes) != 1) exit(1);
        c->change = calloc(c->changes + 1, sizeof *c->change);
        for (int r = 0; r < c->changes; r++) if (fscanf(f, "%d %lf", &c->change[r].species, &c->change[r].change) != 2) exit(1);
    }
    fclose(f);
    for (int k = 0; k < m; k++) {
        channel *c = &channels[k];
        c->dependant = calloc(m, sizeof *c->dependant);
        for (int j = 0; j < m; j++) {
            int reads = 0;
            for (int r = 0; r < channels[j].reactants; r++)
                for (int q = 0; q < c->changes; q++) reads |= channels[j].reactant[r].species == c->change[q].species;
            if (reads && j != k) c->dependant[c->dependants++] = j;
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 6) { fprintf(stderr, "usage: next_reaction MODEL RUNS END POINTS SEED\n"); return 1; }
    load(argv[1]);
    int runs = atoi(argv[2]), points = atoi(argv[4]);
    double end = atof(argv[3]);
    seed_bits(strtoull(argv[5], 0, 10));
    double *mean = calloc((size_t)n * points, sizeof *mean), *square = calloc((size_t)n * points, sizeof *square);
    uint64_t firings = 0;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int run = 0; run < runs; run++) {
        for (int i = 0; i < n; i++) x[i] = start[i];
        for (int k = 0; k < m; k++) {
            a[k] = propensity(&channels[k]);
            tau[k] = a[k] > 0 ? exponential() / a[k] : INFINITY;
            heap[k] = place[k] = k;
        }
        for (int at = m / 2 - 1; at >= 0; at--) down(at, heap[at]);
        for (int point = 0; point < points; point++) {
            double stop = end * point / (points - 1);
            for (;;) {
                int k = heap[0];
                double t = tau[k];
                if (t > stop) break;
                const channel *c = &channels[k];
                for (int q = 0; q < c->changes; q++) x[c->change[q].species] += c->change[q].change;
                for (int q = 0; q < c->dependants; q++) {
                    int j = c->dependant[q];
                    double before = a[j], now = propensity(&channels[j]);
                    if (now == before) continue;
                    a[j] = now;
                    if (now == 0) tau[j] = INFINITY;
                    else if (before > 0) tau[j] = t + before / now * (tau[j] - t);
                    else tau[j] = t + exponential() / now;
                    move(j);
                }
                a[k] = propensity(c);
                tau[k] = a[k] > 0 ? t + exponential() / a[k] : INFINITY;
                move(k);
                firings++;
            }
            for (int i = 0; i < n; i++) {
                double *mu = &mean[point * n + i], apart = x[i] - *mu;
                *mu += apart / (run + 1);
                square[point * n + i] += apart * (x[i] - *mu);
            }
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.6f %" PRIu64, (to.tv_sec - from.tv_sec) + 1e-9 * (to.tv_nsec - from.tv_nsec), firings);
    for (int i = 0; i < n; i++) printf(" %.6g %.6g", mean[(points - 1) * n + i], sqrt(square[(points - 1) * n + i] / (runs - 1)));
    printf("\n");
    return 0;
}
