/* Solves a generated problem by CVODE's BDF and prints processor time, work and the end state.
 *
 * Compiled together with a generated problem, which defines the names below. One problem, one tolerance a call:
 *
 *   driver SOLVER RTOL ATOL END REPEATS SECONDS [MEMBERS COUNT]
 *
 * SOLVER: dense; klu-colamd or klu-amd, by the order of the columns; gmres (products with the Jacobian by differences of f) or
 * gmres-jacobian (by the sparse Jacobian that the preconditioner was made from).
 * Without MEMBERS, the same solve after 10 ms of them to warm up, REPEATS times or until SECONDS are spent; the median time is printed.
 * With MEMBERS, a file of COUNT rows of NPARAMETERS doubles, each row is solved once a repeat, and the time is that of a member.
 * Output: microseconds, then of the last solve or of all members of the last repeat together the steps, evaluations of f, failed
 * steps, set-ups (LU or ILU), GMRES iterations; then a line an end state. A member that fails is NaN. */
#define _POSIX_C_SOURCE 200809L
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunlinsol/sunlinsol_spgmr.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunmatrix/sunmatrix_sparse.h>
#include <time.h>

extern const int problem_states, problem_parameters, problem_entries;
extern const int problem_columns[], problem_rows[]; /* compressed columns of the Jacobian, diagonal always present */
extern double problem_p[];
extern const double problem_start[];
void problem_prologue(void);
void problem_rates(double t, const double *restrict y, double *restrict f);
void problem_jacobian(double t, const double *restrict y, double *restrict entries);

static double *entries;
static int is_dense;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void check(int flag, const char *what) {
    if (flag >= 0) return;
    fprintf(stderr, "%s failed: %d\n", what, flag);
    exit(1);
}

static int rates(realtype t, N_Vector y, N_Vector f, void *data) {
    (void)data;
    problem_rates(t, N_VGetArrayPointer(y), N_VGetArrayPointer(f));
    return 0;
}

static int jacobian(realtype t, N_Vector y, N_Vector f, SUNMatrix J, void *data, N_Vector a, N_Vector b, N_Vector c) {
    (void)f; (void)data; (void)a; (void)b; (void)c;
    int n = problem_states;
    if (is_dense) {
        problem_jacobian(t, N_VGetArrayPointer(y), entries);
        for (int j = 0; j < n; j++) {
            realtype *column = SUNDenseMatrix_Column(J, j);
            memset(column, 0, n * sizeof *column);
            for (int e = problem_columns[j]; e < problem_columns[j + 1]; e++) column[problem_rows[e]] = entries[e];
        }
        return 0;
    }
    sunindextype *columns = SUNSparseMatrix_IndexPointers(J), *rows = SUNSparseMatrix_IndexValues(J);
    for (int j = 0; j <= n; j++) columns[j] = problem_columns[j];
    for (int e = 0; e < problem_entries; e++) rows[e] = problem_rows[e];
    problem_jacobian(t, N_VGetArrayPointer(y), SUNSparseMatrix_Data(J));
    return 0;
}

/* Left preconditioner of GMRES: LU of I - gamma J without fill, by rows. */
static int *starts, *columns, *from, *diagonal, *place;
static double *ilu, *saved;

static void prepare_rows(void) {
    int n = problem_states, m = problem_entries;
    starts = calloc(n + 1, sizeof *starts); columns = malloc(m * sizeof *columns); from = malloc(m * sizeof *from);
    diagonal = malloc(n * sizeof *diagonal); place = malloc(n * sizeof *place); ilu = malloc(m * sizeof *ilu); saved = malloc(m * sizeof *saved);
    for (int e = 0; e < m; e++) starts[problem_rows[e] + 1]++;
    for (int i = 0; i < n; i++) starts[i + 1] += starts[i];
    int *next = malloc(n * sizeof *next);
    memcpy(next, starts, n * sizeof *next);
    for (int j = 0; j < n; j++)
        for (int e = problem_columns[j]; e < problem_columns[j + 1]; e++) {
            int at = next[problem_rows[e]]++;
            columns[at] = j; from[at] = e;
            if (problem_rows[e] == j) diagonal[j] = at;
        }
    free(next);
    for (int i = 0; i < n; i++) place[i] = -1;
}

static int precondition_setup(realtype t, N_Vector y, N_Vector f, booleantype can_reuse, booleantype *is_current, realtype gamma, void *data) {
    (void)f; (void)data;
    int n = problem_states;
    if (!can_reuse) problem_jacobian(t, N_VGetArrayPointer(y), saved);
    *is_current = !can_reuse;
    for (int i = 0; i < n; i++)
        for (int e = starts[i]; e < starts[i + 1]; e++) ilu[e] = (columns[e] == i) - gamma * saved[from[e]];
    for (int i = 0; i < n; i++) {
        for (int e = starts[i]; e < starts[i + 1]; e++) place[columns[e]] = e;
        for (int e = starts[i]; e < diagonal[i]; e++) {
            int k = columns[e];
            double l = ilu[e] /= ilu[diagonal[k]];
            for (int u = diagonal[k] + 1; u < starts[k + 1]; u++) if (place[columns[u]] >= 0) ilu[place[columns[u]]] -= l * ilu[u];
        }
        for (int e = starts[i]; e < starts[i + 1]; e++) place[columns[e]] = -1;
    }
    return 0;
}

static int precondition_solve(realtype t, N_Vector y, N_Vector f, N_Vector r, N_Vector z, realtype gamma, realtype delta, int side, void *data) {
    (void)t; (void)y; (void)f; (void)gamma; (void)delta; (void)side; (void)data;
    int n = problem_states;
    double *x = N_VGetArrayPointer(z), *b = N_VGetArrayPointer(r);
    for (int i = 0; i < n; i++) {
        double sum = b[i];
        for (int e = starts[i]; e < diagonal[i]; e++) sum -= ilu[e] * x[columns[e]];
        x[i] = sum;
    }
    for (int i = n - 1; i >= 0; i--) {
        double sum = x[i];
        for (int e = diagonal[i] + 1; e < starts[i + 1]; e++) sum -= ilu[e] * x[columns[e]];
        x[i] = sum / ilu[diagonal[i]];
    }
    return 0;
}

/* Product with the Jacobian of the preconditioner: a little old, as in a modified Newton method, but without a call of f. */
static int product(N_Vector v, N_Vector Jv, realtype t, N_Vector y, N_Vector f, void *data, N_Vector work) {
    (void)t; (void)y; (void)f; (void)data; (void)work;
    const double *x = N_VGetArrayPointer(v);
    double *r = N_VGetArrayPointer(Jv);
    for (int i = 0; i < problem_states; i++) {
        double sum = 0;
        for (int e = starts[i]; e < starts[i + 1]; e++) sum += saved[from[e]] * x[columns[e]];
        r[i] = sum;
    }
    return 0;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc < 7) return 2;
    const char *solver = argv[1];
    double rtol = atof(argv[2]), atol = atof(argv[3]), end = atof(argv[4]);
    double budget = atof(argv[6]), spent = 0;
    int repeats = atoi(argv[5]), n = problem_states, count = argc > 8 ? atoi(argv[8]) : 1, done = 0;
    long work[5] = {0};
    double *members = 0, *ends = malloc((size_t)count * n * sizeof *ends), *times = malloc(repeats * sizeof *times);
    if (argc > 8) {
        FILE *file = fopen(argv[7], "rb");
        members = malloc((size_t)count * problem_parameters * sizeof *members);
        if (!file || fread(members, sizeof *members, (size_t)count * problem_parameters, file) != (size_t)count * problem_parameters) return 2;
        fclose(file);
    }
    SUNContext context;
    check(SUNContext_Create(0, &context), "context");
    entries = malloc(problem_entries * sizeof *entries);
    is_dense = !strcmp(solver, "dense");
    N_Vector y = N_VNew_Serial(n, context);
    void *cvode = CVodeCreate(CV_BDF, context);
    memcpy(N_VGetArrayPointer(y), problem_start, n * sizeof(double));
    problem_prologue();
    check(CVodeInit(cvode, rates, 0, y), "init");
    check(CVodeSStolerances(cvode, rtol, atol), "tolerances");
    check(CVodeSetErrFile(cvode, NULL), "messages");
    check(CVodeSetMaxNumSteps(cvode, 100000), "limit");
    SUNMatrix J = 0;
    SUNLinearSolver linear;
    if (is_dense) {
        J = SUNDenseMatrix(n, n, context);
        linear = SUNLinSol_Dense(y, J, context);
    } else if (!strncmp(solver, "klu", 3)) {
        J = SUNSparseMatrix(n, n, problem_entries, CSC_MAT, context);
        linear = SUNLinSol_KLU(y, J, context);
        check(SUNLinSol_KLUSetOrdering(linear, strcmp(solver, "klu-amd") ? 1 : 0), "order");
    } else {
        prepare_rows();
        linear = SUNLinSol_SPGMR(y, SUN_PREC_LEFT, 30, context);
    }
    check(CVodeSetLinearSolver(cvode, linear, J), "linear solver");
    if (J) check(CVodeSetJacFn(cvode, jacobian), "jacobian");
    else check(CVodeSetPreconditioner(cvode, precondition_setup, precondition_solve), "preconditioner");
    if (!strcmp(solver, "gmres-jacobian")) check(CVodeSetJacTimes(cvode, NULL, product), "product");
    double warm = now();
    for (int round = -1; round < repeats && (round < 1 || spent < budget); round++) {
        memset(work, 0, sizeof work);
        double begin = now();
        for (int m = 0; m < (round < 0 ? count / 10 + 1 : count); m++) {
            if (members) {
                memcpy(problem_p, members + (size_t)m * problem_parameters, problem_parameters * sizeof(double));
                problem_prologue();
            }
            memcpy(N_VGetArrayPointer(y), problem_start, n * sizeof(double));
            check(CVodeReInit(cvode, 0, y), "restart");
            realtype t;
            check(CVodeSetStopTime(cvode, end), "stop");
            if (CVode(cvode, end, y, &t, CV_NORMAL) < 0) N_VConst(0.0 / 0.0, y);
            memcpy(ends + (size_t)m * n, N_VGetArrayPointer(y), n * sizeof(double));
            long counts[5] = {0}, extra = 0;
            CVodeGetNumSteps(cvode, &counts[0]);
            CVodeGetNumRhsEvals(cvode, &counts[1]);
            if (!J) CVodeGetNumLinRhsEvals(cvode, &extra);
            CVodeGetNumErrTestFails(cvode, &counts[2]);
            CVodeGetNumLinSolvSetups(cvode, &counts[3]);
            if (!J) CVodeGetNumLinIters(cvode, &counts[4]);
            counts[1] += extra;
            for (int k = 0; k < 5; k++) work[k] += counts[k];
        }
        if (round < 0) {
            if (repeats > 1 && now() - warm < 0.01) round--;
            continue;
        }
        times[done] = (now() - begin) / count;
        spent += count * times[done++];
    }
    qsort(times, done, sizeof *times, compare);
    printf("%.6f %ld %ld %ld %ld %ld\n", 1e6 * times[done / 2], work[0], work[1], work[2], work[3], work[4]);
    for (int m = 0; m < count; m++) {
        for (int i = 0; i < n; i++) printf("%.17g ", ends[(size_t)m * n + i]);
        printf("\n");
    }
    return 0;
}
