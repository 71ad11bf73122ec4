using CrmAi.Domain.Shared;

namespace CrmAi.Domain.History;

public enum UndoList { Undoable, Undone }

/// <summary>Whose commands: one's own, for managers those of their teams, for administrators everybody's.</summary>
public enum UndoScope { Mine, Team, All }

/// <summary>Commands of the last <see cref="IHistory.UndoDays"/> days, to be taken back or done again. Nothing is told of a command on a record that may not be seen.</summary>
public interface IUndoing
{
    /// <summary>The scopes that the viewer may choose from; none for those who may not read history.</summary>
    Task<IReadOnlyList<UndoScope>> ScopesAsync(CancellationToken ct);

    /// <summary>The latest first; batches of long work are one row. <paramref name="take"/> from 1 to 100. Errors: cursor.unknown, forbidden (a scope that is not the viewer's).</summary>
    Task<Result<Page<UndoRow>>> ListAsync(UndoList list, UndoScope scope, string? after, int take, CancellationToken ct);

    /// <summary>Takes a row back, or does it again where it was taken back; long work as a job of its own. Errors: as of <see cref="IHistory.UndoAsync"/> and of bulk edits.</summary>
    Task<Result<TakenBack>> UndoAsync(Guid id, CancellationToken ct);
}

/// <param name="Id">The command, or the long work, that takes it back.</param>
/// <param name="Kept">Fields of a merge that stayed as they are, because somebody changed them since; of other commands none.</param>
public sealed record TakenBack(Guid Id, IReadOnlyList<string> Kept);

/// <param name="Id">The change set, or the long work that its sets belong to.</param>
/// <param name="Command">Of a row that was taken back, the command that was.</param>
/// <param name="Rows">Records concerned.</param>
/// <param name="Refusal">Why it cannot be taken back, or done again; null where it can.</param>
public sealed record UndoRow(Guid Id, string Command, DateTime At, string Who, ChangeOrigin Origin, int Rows, IReadOnlyList<UndoSubject> Subjects, DateTime Until, Error? Refusal)
{
    public bool IsGroup { get; init; }

    /// <summary>Null where nothing of it is told in single fields.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>Who took it back, and when.</summary>
    public UndoneBy? Undone { get; init; }

    /// <summary>How far long work is, while it runs.</summary>
    public UndoProgress? Progress { get; init; }
}

/// <param name="RecordType">Name of the row's kind, "Contact".</param>
public sealed record UndoSubject(string RecordType, Guid Id, string Name)
{
    /// <summary>Whose interaction it is.</summary>
    public Guid? ContactId { get; init; }
}

public sealed record UndoneBy(string Who, DateTime At);

public sealed record UndoProgress(int Done, int Total);
