/* The gradient of a loss by CVODES' adjoint: CVodeF with checkpoints, CVodeB, quadratures for the parameters.
 *
 * Compiled together with a generated problem, which defines the names below. One problem, one tolerance a call:
 *
 *   driver SOLVER INTERPOLATION QUADRATURES RTOL ATOL QATOL END REPEATS SECONDS [MEMBERS COUNT]
 *
 * SOLVER: dense, klu-colamd, klu-amd, both ways. INTERPOLATION of the path on the way back: hermite or polynomial. QUADRATURES:
 * in the error test of the way back with QATOL (tested), or not (untested). RTOL and ATOL hold for states and adjoints.
 * The loss is the sum of (1 + i/n) y_i over the states i = 0 … n − 1 at END. Gradients are by the logarithm of each parameter, the
 * initial state held: the quadratures are p λᵀ∂f/∂p, so that all have one scale.
 * REPEATS, SECONDS, MEMBERS and COUNT as in cvode_driver.c. Everything that can be is made once and re-initialised.
 * Output: microseconds, then of the last gradient or of all members of the last repeat together the steps and evaluations of f, both
 * ways, and the checkpoints beside the start; then a line a gradient. A member that fails is NaN. */
#define _POSIX_C_SOURCE 200809L
#include <cvodes/cvodes.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunlinsol/sunlinsol_klu.h>
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
void problem_state_adjoint(double t, const double *restrict y, const double *restrict l, double *restrict r);     /* (∂f/∂y)ᵀ l */
void problem_parameter_adjoint(double t, const double *restrict y, const double *restrict l, double *restrict q); /* p lᵀ ∂f/∂p */

/* So many steps between checkpoints: below, nothing is solved twice. */
enum { STEPS_A_CHECKPOINT = 5000 };

static double *entries;
static int *starts, *columns, *from; /* compressed rows of the Jacobian, and where their entries lie by columns */
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
    sunindextype *at = SUNSparseMatrix_IndexPointers(J), *rows = SUNSparseMatrix_IndexValues(J);
    for (int j = 0; j <= n; j++) at[j] = problem_columns[j];
    for (int e = 0; e < problem_entries; e++) rows[e] = problem_rows[e];
    problem_jacobian(t, N_VGetArrayPointer(y), SUNSparseMatrix_Data(J));
    return 0;
}

/* λ' = −(∂f/∂y)ᵀ λ, from the end to the start. */
static int adjoint_rates(realtype t, N_Vector y, N_Vector l, N_Vector r, void *data) {
    (void)data;
    double *result = N_VGetArrayPointer(r);
    problem_state_adjoint(t, N_VGetArrayPointer(y), N_VGetArrayPointer(l), result);
    for (int i = 0; i < problem_states; i++) result[i] = -result[i];
    return 0;
}

static int adjoint_jacobian(realtype t, N_Vector y, N_Vector l, N_Vector r, SUNMatrix J, void *data, N_Vector a, N_Vector b, N_Vector c) {
    (void)l; (void)r; (void)data; (void)a; (void)b; (void)c;
    int n = problem_states;
    problem_jacobian(t, N_VGetArrayPointer(y), entries);
    if (is_dense) {
        for (int i = 0; i < n; i++) {
            realtype *column = SUNDenseMatrix_Column(J, i);
            memset(column, 0, n * sizeof *column);
            for (int e = starts[i]; e < starts[i + 1]; e++) column[columns[e]] = -entries[from[e]];
        }
        return 0;
    }
    sunindextype *at = SUNSparseMatrix_IndexPointers(J), *rows = SUNSparseMatrix_IndexValues(J);
    double *values = SUNSparseMatrix_Data(J);
    for (int i = 0; i <= n; i++) at[i] = starts[i];
    for (int e = 0; e < problem_entries; e++) {
        rows[e] = columns[e];
        values[e] = -entries[from[e]];
    }
    return 0;
}

/* Integrated from the end to the start, so that the result is ∫ p λᵀ∂f/∂p dt. */
static int quadrature(realtype t, N_Vector y, N_Vector l, N_Vector q, void *data) {
    (void)data;
    double *result = N_VGetArrayPointer(q);
    problem_parameter_adjoint(t, N_VGetArrayPointer(y), N_VGetArrayPointer(l), result);
    for (int k = 0; k < problem_parameters; k++) result[k] = -result[k];
    return 0;
}

static void prepare_rows(void) {
    int n = problem_states, m = problem_entries;
    starts = calloc(n + 1, sizeof *starts); columns = malloc(m * sizeof *columns); from = malloc(m * sizeof *from);
    for (int e = 0; e < m; e++) starts[problem_rows[e] + 1]++;
    for (int i = 0; i < n; i++) starts[i + 1] += starts[i];
    int *next = malloc(n * sizeof *next);
    memcpy(next, starts, n * sizeof *next);
    for (int j = 0; j < n; j++)
        for (int e = problem_columns[j]; e < problem_columns[j + 1]; e++) {
            int at = next[problem_rows[e]]++;
            columns[at] = j; from[at] = e;
        }
    free(next);
}

static SUNLinearSolver solver_for(const char *name, N_Vector y, SUNMatrix *J, SUNContext context) {
    int n = problem_states;
    if (is_dense) {
        *J = SUNDenseMatrix(n, n, context);
        return SUNLinSol_Dense(y, *J, context);
    }
    *J = SUNSparseMatrix(n, n, problem_entries, CSC_MAT, context);
    SUNLinearSolver linear = SUNLinSol_KLU(y, *J, context);
    check(SUNLinSol_KLUSetOrdering(linear, strcmp(name, "klu-amd") ? 1 : 0), "order");
    return linear;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc < 10) return 2;
    const char *solver = argv[1];
    int interpolation = strcmp(argv[2], "polynomial") ? CV_HERMITE : CV_POLYNOMIAL, is_tested = !strcmp(argv[3], "tested");
    double rtol = atof(argv[4]), atol = atof(argv[5]), qatol = atof(argv[6]), end = atof(argv[7]), budget = atof(argv[9]), spent = 0;
    int repeats = atoi(argv[8]), n = problem_states, m = problem_parameters, count = argc > 11 ? atoi(argv[11]) : 1, done = 0, which = -1;
    long work[5] = {0};
    double *members = 0, *gradients = malloc((size_t)count * m * sizeof *gradients), *times = malloc(repeats * sizeof *times);
    if (argc > 11) {
        FILE *file = fopen(argv[10], "rb");
        members = malloc((size_t)count * m * sizeof *members);
        if (!file || fread(members, sizeof *members, (size_t)count * m, file) != (size_t)count * m) return 2;
        fclose(file);
    }
    SUNContext context;
    check(SUNContext_Create(0, &context), "context");
    entries = malloc(problem_entries * sizeof *entries);
    is_dense = !strcmp(solver, "dense");
    prepare_rows();
    N_Vector y = N_VNew_Serial(n, context), l = N_VNew_Serial(n, context), q = N_VNew_Serial(m, context);
    SUNMatrix J, JB;
    memcpy(N_VGetArrayPointer(y), problem_start, n * sizeof(double));
    problem_prologue();
    void *cvode = CVodeCreate(CV_BDF, context);
    check(CVodeInit(cvode, rates, 0, y), "init");
    check(CVodeSStolerances(cvode, rtol, atol), "tolerances");
    check(CVodeSetErrFile(cvode, NULL), "messages");
    check(CVodeSetMaxNumSteps(cvode, 100000), "limit");
    SUNLinearSolver linear = solver_for(solver, y, &J, context);
    check(CVodeSetLinearSolver(cvode, linear, J), "linear solver");
    check(CVodeSetJacFn(cvode, jacobian), "jacobian");
    check(CVodeAdjInit(cvode, STEPS_A_CHECKPOINT, interpolation), "adjoint");
    double warm = now();
    for (int round = -1; round < repeats && (round < 1 || spent < budget); round++) {
        memset(work, 0, sizeof work);
        double begin = now();
        for (int k = 0; k < (round < 0 ? count / 10 + 1 : count); k++) {
            if (members) {
                memcpy(problem_p, members + (size_t)k * m, m * sizeof(double));
                problem_prologue();
            }
            memcpy(N_VGetArrayPointer(y), problem_start, n * sizeof(double));
            check(CVodeReInit(cvode, 0, y), "restart");
            check(CVodeAdjReInit(cvode), "restart of the adjoint");
            check(CVodeSetStopTime(cvode, end), "stop");
            realtype t;
            int checkpoints = 0, is_sound = CVodeF(cvode, end, y, &t, CV_NORMAL, &checkpoints) >= 0;
            if (is_sound) {
                for (int i = 0; i < n; i++) N_VGetArrayPointer(l)[i] = 1 + (double)i / n;
                N_VConst(0, q);
                if (which < 0) {
                    check(CVodeCreateB(cvode, CV_BDF, &which), "back");
                    check(CVodeInitB(cvode, which, adjoint_rates, end, l), "init back");
                    check(CVodeSStolerancesB(cvode, which, rtol, atol), "tolerances back");
                    check(CVodeSetMaxNumStepsB(cvode, which, 100000), "limit back");
                    SUNLinearSolver back = solver_for(solver, l, &JB, context);
                    check(CVodeSetLinearSolverB(cvode, which, back, JB), "linear solver back");
                    check(CVodeSetJacFnB(cvode, which, adjoint_jacobian), "jacobian back");
                    check(CVodeQuadInitB(cvode, which, quadrature, q), "quadratures");
                    check(CVodeQuadSStolerancesB(cvode, which, rtol, qatol), "tolerances of quadratures");
                    check(CVodeSetQuadErrConB(cvode, which, is_tested), "test of quadratures");
                } else {
                    check(CVodeReInitB(cvode, which, end, l), "restart back");
                    check(CVodeQuadReInitB(cvode, which, q), "restart of quadratures");
                }
                is_sound = CVodeB(cvode, 0, CV_NORMAL) >= 0 && CVodeGetQuadB(cvode, which, &t, q) >= 0;
            }
            if (!is_sound) N_VConst(0.0 / 0.0, q);
            memcpy(gradients + (size_t)k * m, N_VGetArrayPointer(q), m * sizeof(double));
            long counts[5] = {0};
            CVodeGetNumSteps(cvode, &counts[0]);
            CVodeGetNumRhsEvals(cvode, &counts[1]);
            if (which >= 0) {
                CVodeGetNumSteps(CVodeGetAdjCVodeBmem(cvode, which), &counts[2]);
                CVodeGetNumRhsEvals(CVodeGetAdjCVodeBmem(cvode, which), &counts[3]);
            }
            counts[4] = checkpoints;
            for (int c = 0; c < 5; c++) work[c] += counts[c];
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
    for (int k = 0; k < count; k++) {
        for (int p = 0; p < m; p++) printf("%.17g ", gradients[(size_t)k * m + p]);
        printf("\n");
    }
    return 0;
}
