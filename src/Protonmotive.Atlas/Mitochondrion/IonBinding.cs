using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>Binding polynomials P = 1 + [H]/K_H + [Mg]/K_Mg + [K]/K_K of ATP, ADP and phosphate on both sides.</summary>
/// <remarks>Dissociation constants: Li et al. (2011), as in [Q], table of section "Thermodynamics".</remarks>
internal sealed class IonBinding
{
    public IonBinding(NetworkBuilder b, Quantity Hx, Quantity Hc)
    {
        var Mgx = b.Parameter("Mg_x", 1.0e-3, "M", "Randall 2021");
        var Mgc = b.Parameter("Mg_c", 1.0e-3, "M", "Randall 2021");
        var Kx = b.Parameter("K_x", 0.100, "M", "Randall 2021");
        var Kc = b.Parameter("K_c", 0.140, "M", "Randall 2021");
        Expression Constant(string name, double pK) => b.Parameter(name, Math.Pow(10, -pK), "M", "Li 2011");
        Expression[] ATP = [Constant("K_H_ATP", 6.33), Constant("K_Mg_ATP", 3.88), Constant("K_K_ATP", 1.02)];
        Expression[] ADP = [Constant("K_H_ADP", 6.26), Constant("K_Mg_ADP", 3.00), Constant("K_K_ADP", 0.89)];
        Expression[] Pi = [Constant("K_H_Pi", 6.62), Constant("K_Mg_Pi", 1.66), Constant("K_K_Pi", 0.42)];
        Expression Polynomial(string name, Expression[] K, Quantity H, Quantity Mg, Quantity potassium) =>
            b.Define(name, 1 + (H / K[0]) + (Mg / K[1]) + (potassium / K[2]), "1", "binding polynomial");
        (ATPx, ADPx, Pix) = (Polynomial("P_ATP_x", ATP, Hx, Mgx, Kx), Polynomial("P_ADP_x", ADP, Hx, Mgx, Kx), Polynomial("P_Pi_x", Pi, Hx, Mgx, Kx));
        (ATPc, ADPc, Pic) = (Polynomial("P_ATP_c", ATP, Hc, Mgc, Kc), Polynomial("P_ADP_c", ADP, Hc, Mgc, Kc), Polynomial("P_Pi_c", Pi, Hc, Mgc, Kc));
        KHPi = Pi[0];
    }

    public Expression ATPx { get; }

    public Expression ADPx { get; }

    public Expression Pix { get; }

    public Expression ATPc { get; }

    public Expression ADPc { get; }

    public Expression Pic { get; }

    /// <summary>K of H₂PO₄⁻ ⇌ HPO₄²⁻ + H⁺.</summary>
    public Expression KHPi { get; }
}
