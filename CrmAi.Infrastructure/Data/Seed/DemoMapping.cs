using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Turns the story's records into rows. Keys of the story become ids that sort by creation.</summary>
internal sealed class DemoMapping(IReadOnlyDictionary<string, User> users, Func<string, Guid> folderOf)
{
    public Account Account(DemoAccount a)
    {
        var owner = users[a.OwnerKey];
        var created = a.CreatedAt.UtcDateTime;
        return new()
        {
            Id = Guid.CreateVersion7(a.CreatedAt), OwnerId = owner.Id, TeamId = owner.TeamId, Name = a.Name, ShortName = a.ShortName, Class = Parse<AccountClass>(a.Class), CreditRating = a.CreditRating,
            Size = Parse<CompanySize>(a.Size), Industry = a.Industry, Lifecycle = Parse<Lifecycle>(a.Lifecycle), Website = a.Website, City = a.City, Phone = a.Phone,
            Addresses = Addresses(a), Employees = a.Employees, RevenueMinor = a.RevenueMinor, Currency = a.Currency, Description = a.Description, CreatedAt = created, UpdatedAt = created, Version = 1,
        };
    }

    public Contact Contact(DemoContact c, Account account, DemoDeal? deal)
    {
        var owner = users[c.OwnerKey];
        var created = c.CreatedAt.UtcDateTime;
        return new()
        {
            Id = Guid.CreateVersion7(c.CreatedAt), OwnerId = owner.Id, TeamId = owner.TeamId, Name = c.Name, AccountId = account.Id, Account = account, Title = c.Title, Department = c.Department,
            Seniority = Parse<Seniority>(c.Seniority), Mobile = c.Mobile, Phone = c.Phone, Email = c.Email, WeChat = c.WeChat,
            Personal = new() { Gender = c.Gender is null ? null : Parse<Gender>(c.Gender), BirthYear = c.BirthYear, City = c.City, Education = c.Education, Interests = c.Interests },
            SocialProfiles = [.. c.SocialProfiles.Select(p => Uri.TryCreate(p.Value, UriKind.Absolute, out var page) ? new SocialProfile(p.Key, page.Segments[^1], p.Value) : new SocialProfile(p.Key, p.Value, null))],
            FolderId = c.FolderKey is null ? null : folderOf(c.FolderKey), Position = c.CreatedAt.ToUnixTimeMilliseconds(), Priority = Parse<Priority>(c.Priority), Lifecycle = Parse<Lifecycle>(c.Lifecycle), Source = Parse<ContactSource>(c.Source),
            Stage = Parse<DealStage>(c.Stage), DealValueMinor = deal?.AmountMinor, Currency = deal?.Currency ?? "CNY", DecisionMaker = c.IsDecisionMaker, BudgetAuthority = Parse<BudgetAuthority>(c.BudgetAuthority),
            DecisionProcess = c.DecisionProcess, CurrentSolutions = [.. c.CurrentSolutions], Competitors = [.. c.Competitors], Notes = c.Notes, NextFollowUpAt = c.NextFollowUpAt?.UtcDateTime,
            CreatedAt = created, UpdatedAt = created, Version = 1,
        };
    }

    public Interaction Interaction(DemoInteraction i, Guid contactId)
    {
        var at = i.At.UtcDateTime;
        var method = i.Methodology?.Split('|');
        // An appointment was agreed before its time came.
        var made = i.IsScheduled ? at.AddDays(-16) : at;
        return new()
        {
            Id = Guid.CreateVersion7(i.At), ContactId = contactId, AuthorId = users[i.UserKey].Id, Type = i.Type, Direction = i.Direction, Outcome = i.IsScheduled ? null : i.Outcome, Subject = i.Subject,
            Content = i.Content, At = at, IsScheduled = i.IsScheduled, DurationSeconds = i.DurationSeconds, Location = i.Location, FollowUpAt = i.FollowUpAt?.UtcDateTime, DealStage = i.Type == InteractionType.Proposal ? Parse<DealStage>(i.Stage) : null,
            Address = i.Address, Platform = i.Platform, Participants = [.. i.Participants], NextSteps = [.. i.NextSteps], Topics = [.. i.Topics], Transcript = i.Transcript,
            Methodology = method?[0], MethodologyStage = method?[1], MethodologyRating = method is null ? null : int.Parse(method[2], CultureInfo.InvariantCulture), MethodologyNotes = method?[3],
            IsImportant = i.IsImportant, IsPrivate = i.IsPrivate, IsArchived = i.IsArchived, CreatedAt = made, UpdatedAt = made, Version = 1,
        };
    }

    private static List<PostalAddress> Addresses(DemoAccount a) => (a.Language, a.Size) switch
    {
        ("en", _) => [new("Head office", a.Address, a.City)],
        (_, "Large" or "Enterprise") => [new("总部", a.Address, a.City), new("收货", $"{a.Address} 3 号门", a.City)],
        _ => [new("公司", a.Address, a.City)],
    };

    public static T Parse<T>(string name) where T : struct, Enum => Enum.Parse<T>(name);
}
