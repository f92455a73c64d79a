using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Petab;

/// <summary>The mapping tables of version 2: identifiers that the other tables use for what has none of their form in the model.</summary>
internal sealed class PetabMapping
{
    private readonly Dictionary<string, string> entities = new(StringComparer.Ordinal);
    private readonly Dictionary<Expression, Expression> symbols = [];

    /// <summary>Reads the tables; rows without a model entity are annotations.</summary>
    /// <exception cref="PetabException">An identifier is there twice.</exception>
    public PetabMapping(PetabFiles files)
    {
        foreach (string path in files.Mappings)
        {
            foreach (var row in PetabTable.Read(path, "petabEntityId", "modelEntityId").Rows)
            {
                string id = row.Text("petabEntityId"), entity = row["modelEntityId"];
                if (entity.Length == 0 || entity == id) continue;
                if (!entities.TryAdd(id, entity)) throw new PetabException($"'{id}' is mapped twice.", row.Where("petabEntityId"), "Keep one of the rows.");
                symbols.Add(Expression.Symbol(id), Expression.Symbol(entity));
            }
        }
    }

    /// <summary>Identifiers with the entities of the model that they stand for.</summary>
    public IReadOnlyDictionary<string, string> Entities => entities;

    /// <summary>The model's name of what an identifier stands for.</summary>
    public string Entity(string id) => entities.GetValueOrDefault(id, id);

    /// <summary>A formula in the model's names.</summary>
    public Expression Formula(Expression formula) => symbols.Count == 0 ? formula : formula.Substitute(symbols);
}
