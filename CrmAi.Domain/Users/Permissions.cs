namespace CrmAi.Domain.Users;

public enum Role { Admin, Manager, SalesRep, SupportAgent, Trainer, Analyst, Viewer }

/// <summary>What a role may do at all; which rows it may do it to is decided by the owner predicate.</summary>
public enum Operation
{
    ReadContacts,
    WriteContacts,
    ReadInteractions,
    WriteInteractions,
    WriteTasks,
    ReadHistory,
    ReadAiRuns,
    ExportRecords,
    ManageTags,
    ManageCustomFields,
    Administer,
}

/// <summary>The table of roles and operations.</summary>
public static class Permissions
{
    private static readonly Dictionary<Role, Operation[]> Table = new()
    {
        [Role.Admin] = Enum.GetValues<Operation>(),
        [Role.Manager] = [Operation.ReadContacts, Operation.ExportRecords, Operation.WriteContacts, Operation.ReadInteractions, Operation.WriteInteractions, Operation.WriteTasks, Operation.ReadHistory, Operation.ReadAiRuns, Operation.ManageTags],
        [Role.SalesRep] = [Operation.ReadContacts, Operation.ExportRecords, Operation.WriteContacts, Operation.ReadInteractions, Operation.WriteInteractions, Operation.WriteTasks, Operation.ReadHistory, Operation.ReadAiRuns, Operation.ManageTags],
        [Role.SupportAgent] = [Operation.ReadContacts, Operation.ReadInteractions, Operation.WriteInteractions, Operation.WriteTasks],
        [Role.Trainer] = [Operation.ReadInteractions, Operation.ReadContacts, Operation.WriteTasks],
        [Role.Analyst] = [Operation.ReadContacts, Operation.ExportRecords, Operation.ReadInteractions, Operation.ReadAiRuns],
        [Role.Viewer] = [Operation.ReadContacts, Operation.ReadInteractions],
    };

    public static bool Allow(Role role, Operation operation) => Table.TryGetValue(role, out var allowed) && allowed.Contains(operation);
}
