using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>
/// Evaluates losses beside a training without a trace in it: dropout is off and normalisation held, so that two evaluations differ by the
/// parameters alone; modes, gradients and the random generator are left as they were.
/// </summary>
internal sealed class Probe
{
    private readonly nn.Module network;
    private readonly FlatParameters parameters;
    private readonly nn.Module[] modules;

    public Probe(nn.Module network, FlatParameters parameters)
    {
        (this.network, this.parameters) = (network, parameters);
        modules = [network, .. network.named_modules().Select(m => m.module).Where(m => !ReferenceEquals(m, network))];
    }

    /// <summary>A loss at the parameters as they are.</summary>
    /// <exception cref="TrainingLedgerException">It is no single number, or not finite.</exception>
    public double Loss(Func<Tensor> loss) => Apart(() =>
    {
        using var off = no_grad();
        return Value(loss());
    });

    /// <summary>A loss and its gradient; the gradient is the caller's.</summary>
    /// <exception cref="TrainingLedgerException">The loss is no single number, not finite, or depends on no parameter.</exception>
    public (double Loss, Tensor Gradient) LossAndGradient(Func<Tensor> loss)
    {
        Tensor? gradient = null;
        double value = Apart(() =>
        {
            using var on = enable_grad();
            var result = loss();
            double number = Value(result);
            CheckDepends(result);
            gradient = parameters.Gradient(result).MoveToOuterDisposeScope();
            return number;
        });
        return (value, gradient!);
    }

    /// <summary>A loss and its gradient, and what passes the modules on the way.</summary>
    /// <exception cref="TrainingLedgerException">As for <see cref="LossAndGradient"/>.</exception>
    public (double Loss, Tensor Gradient, ImmutableArray<LayerSignal> Signals, ImmutableArray<AttentionSignal> Attention) LossGradientAndSignals(Func<Tensor> loss)
    {
        Tensor? gradient = null;
        ImmutableArray<LayerSignal> signals = [];
        ImmutableArray<AttentionSignal> attention = [];
        double value = Apart(() =>
        {
            using var on = enable_grad();
            using var recorder = new SignalRecorder(network);
            var result = loss();
            double number = Value(result);
            CheckDepends(result);
            var outputs = recorder.Outputs;
            (gradient, var adjoints) = parameters.GradientAndAdjoints(result, outputs);
            gradient.MoveToOuterDisposeScope();
            signals = recorder.Signals(adjoints);
            attention = recorder.Attention;
            return number;
        });
        return (value, gradient!, signals, attention);
    }

    /// <summary>The Hessian of a loss times a vector, by the gradient of g·v.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="v">Shape [parameters].</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">An operation of the loss has no second derivative.</exception>
    public Tensor HessianTimes(Func<Tensor> loss, Tensor v)
    {
        Tensor? product = null;
        _ = Apart(() =>
        {
            using var on = enable_grad();
            var result = loss();
            CheckDepends(result);
            product = parameters.HessianTimes(result, v).MoveToOuterDisposeScope();
            return 0;
        });
        return product!;
    }

    private static double Value(Tensor loss)
    {
        if (loss.numel() != 1) throw new TrainingLedgerException($"The loss has {loss.numel()} numbers; the ledger needs one.", "training ledger", "Take its mean or its sum.");
        double value = loss.to(float64).item<double>();
        return double.IsFinite(value) ? value : throw new TrainingLedgerException($"The loss is {value}.", "training ledger", "Lower the learning rate, or look for the first step whose gradient is not finite.") { IsNonFinite = true };
    }

    private static void CheckDepends(Tensor loss)
    {
        if (!loss.requires_grad) throw new TrainingLedgerException("The probe's loss depends on no parameter of the network.", "probe of the training ledger", "Compute it by a call of the network, with gradients on.");
    }

    private T Apart<T>(Func<T> evaluate)
    {
        using var scope = NewDisposeScope();
        var modes = modules.Select(m => m.training).ToArray();
        using var random = get_rng_state();
        try
        {
            foreach (var module in modules) module.eval();
            return evaluate();
        }
        finally
        {
            for (int i = 0; i < modules.Length; i++) modules[i].train(modes[i]); // parents stand before their children
            set_rng_state(random);
        }
    }
}
