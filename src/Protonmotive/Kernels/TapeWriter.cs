using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>
/// Writes expressions to a <see cref="Tape"/>, one value for each distinct node. What parameters alone fix goes to the
/// prologue, which runs only when they change.
/// </summary>
internal sealed class TapeWriter
{
    private readonly SlotLayout layout;
    private readonly SymbolTable symbols;
    private readonly TapeWriter? prologue;
    private readonly Dependencies? dependencies;
    private const int None = int.MinValue;
    private readonly NodeMap<int> values = new(None);
    private readonly NodeMap<int> kept = new(None);
    private readonly Stack<Expression> open = [];

    /// <summary>A writer for values that may move with time and state.</summary>
    public TapeWriter(SlotLayout layout, SymbolTable symbols, TapeWriter prologue, Dependencies dependencies)
        : this(layout, symbols)
    {
        this.prologue = prologue;
        this.dependencies = dependencies;
    }

    /// <summary>A writer that puts everything on its own tape.</summary>
    public TapeWriter(SlotLayout layout, SymbolTable symbols)
    {
        this.layout = layout;
        this.symbols = symbols;
    }

    /// <summary>What was written so far.</summary>
    public Tape Tape { get; } = new();

    /// <summary>Writes an expression and stores its value.</summary>
    /// <param name="expression">What to compute.</param>
    /// <param name="slot">Fixed slot that receives the value.</param>
    /// <param name="equation">Names the equation in errors.</param>
    /// <exception cref="UndefinedSymbolException">A symbol stands for nothing.</exception>
    public void Write(Expression expression, int slot, EquationName equation) => Tape.Store(Value(expression, equation), slot);

    /// <summary>Writes an expression and copies its value to a slot that may be overwritten afterwards; other readers keep the value.</summary>
    public void WriteCopy(Expression expression, int slot, EquationName equation) =>
        Tape.Store(Tape.Append(Opcode.Copy, Value(expression, equation)), slot);

    /// <summary>The fixed slot that keeps an expression's value until parameters change (on a prologue).</summary>
    private int Keep(Expression expression, EquationName equation)
    {
        int slot = kept[expression];
        if (slot != None) return slot;
        int value = Value(expression, equation);
        if (value < 0) Tape.Store(value, slot = layout.Allocate(1));
        else slot = value;
        kept[expression] = slot;
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // walks every node: no slow first tier
    private int Value(Expression root, EquationName equation)
    {
        if (values[root] is not None and var known) return known;
        open.Push(root);
        while (open.TryPeek(out var node))
        {
            int height = open.Count;
            if (values[node] != None) open.Pop(); // asked for twice
            else if (node.Operands.IsEmpty) values[open.Pop()] = Leaf(node, equation);
            else if (prologue is not null && dependencies!.IsFixed(node)) values[open.Pop()] = prologue.Keep(node, equation);
            else
            {
                // First what it is made of, from the left.
                for (int i = node.Operands.Length - 1; i >= 0; i--)
                {
                    var operand = node.Operands[i];
                    if (i > 0 && node.Operation == Operation.Add && IsSubtracted(operand)) operand = operand.Operands[0];
                    if (values[operand] == None) open.Push(operand);
                }
                if (open.Count == height) values[open.Pop()] = Operate(node);
            }
        }
        return values[root];
    }

    private int Leaf(Expression node, EquationName equation) => node.Operation switch
    {
        Operation.Constant => layout.Constant(node.Value),
        Operation.Time => layout.Time,
        _ => symbols.Slot(node.Name, equation),
    };

    private int Operate(Expression node)
    {
        var operands = node.Operands.AsSpan();
        int a = values[operands[0]];
        switch (node.Operation)
        {
            case Operation.Add: return Sum(operands);
            case Operation.Multiply when operands.Length == 2: return Tape.Append(Opcode.Multiply, a, values[operands[1]]);
            case Operation.Multiply: return Chain(Opcode.Multiply, operands);
            case Operation.And: return Chain(Opcode.And, operands);
            case Operation.Or: return Chain(Opcode.Or, operands);
            case Operation.Xor: return Chain(Opcode.Xor, operands);
            case Operation.Power: return Power(a, operands[1]);
            case Operation.Select or Operation.Branch: return Tape.Append(Opcode.Select, a, values[operands[1]], values[operands[2]]);
            default:
                var opcode = Simple(node.Operation);
                return operands.Length == 1 ? Tape.Append(opcode, a) : Tape.Append(opcode, a, values[operands[1]]);
        }
    }

    /// <summary>Adds from left to right; a − b rather than a + (−b), which is the same number.</summary>
    private int Sum(ReadOnlySpan<Expression> terms)
    {
        int sum = values[terms[0]];
        foreach (var term in terms[1..])
        {
            sum = IsSubtracted(term)
                ? Tape.Append(Opcode.Subtract, sum, values[term.Operands[0]])
                : Tape.Append(Opcode.Add, sum, values[term]);
        }
        return sum;
    }

    /// <summary>Whether a term of a sum is −x with an x that moves; a fixed −x is kept by the prologue as it is.</summary>
    private bool IsSubtracted(Expression term) => term.Operation == Operation.Negate && (prologue is null || !dependencies!.IsFixed(term));

    private int Chain(Opcode opcode, ReadOnlySpan<Expression> operands)
    {
        int value = values[operands[0]];
        if (operands.Length == 1 && opcode != Opcode.Multiply) return Tape.Append(Opcode.NotEqual, value, layout.Constant(0));
        foreach (var operand in operands[1..]) value = Tape.Append(opcode, value, values[operand]);
        return value;
    }

    /// <summary>Small whole powers are products (to 2 ulp of <see cref="Math.Pow"/>): here and only here, so all back ends agree.</summary>
    private int Power(int a, Expression exponent)
    {
        double power = exponent.IsConstant ? exponent.Value : double.NaN;
        switch (power)
        {
            case 2: return Tape.Append(Opcode.Multiply, a, a);
            case 3: return Tape.Append(Opcode.Multiply, Tape.Append(Opcode.Multiply, a, a), a);
            case 4:
                int square = Tape.Append(Opcode.Multiply, a, a);
                return Tape.Append(Opcode.Multiply, square, square);
            case -1: return Tape.Append(Opcode.Divide, layout.Constant(1), a);
            case -2: return Tape.Append(Opcode.Divide, layout.Constant(1), Tape.Append(Opcode.Multiply, a, a));
            default: return Tape.Append(Opcode.Power, a, values[exponent]);
        }
    }

    private static Opcode Simple(Operation operation) => operation switch
    {
        Operation.Subtract => Opcode.Subtract,
        Operation.Divide => Opcode.Divide,
        Operation.Min => Opcode.Min,
        Operation.Max => Opcode.Max,
        Operation.Negate => Opcode.Negate,
        Operation.Abs => Opcode.Abs,
        Operation.Floor => Opcode.Floor,
        Operation.Ceiling => Opcode.Ceiling,
        Operation.Sqrt => Opcode.Sqrt,
        Operation.Exp => Opcode.Exp,
        Operation.Expm1 => Opcode.Expm1,
        Operation.Log => Opcode.Log,
        Operation.Log10 => Opcode.Log10,
        Operation.Sin => Opcode.Sin,
        Operation.Cos => Opcode.Cos,
        Operation.Tan => Opcode.Tan,
        Operation.Asin => Opcode.Asin,
        Operation.Acos => Opcode.Acos,
        Operation.Atan => Opcode.Atan,
        Operation.Sinh => Opcode.Sinh,
        Operation.Cosh => Opcode.Cosh,
        Operation.Tanh => Opcode.Tanh,
        Operation.Asinh => Opcode.Asinh,
        Operation.Acosh => Opcode.Acosh,
        Operation.Atanh => Opcode.Atanh,
        Operation.Factorial => Opcode.Factorial,
        Operation.Digamma => Opcode.Digamma,
        Operation.Less => Opcode.Less,
        Operation.LessOrEqual => Opcode.LessOrEqual,
        Operation.Equal => Opcode.Equal,
        Operation.NotEqual => Opcode.NotEqual,
        Operation.Not => Opcode.Not,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No opcode."),
    };
}
