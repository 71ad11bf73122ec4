using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.BusinessCards;

/// <summary>A rep with cards, a mate in the team, their manager, and somebody of another team.</summary>
internal sealed class CardsStage : IAsyncDisposable
{
    private CardsStage(TestDatabase db) => Db = db;

    public TestDatabase Db { get; }
    public User Rep { get; private set; } = null!;
    public Acting My { get; private set; } = null!;
    public Acting Mate { get; private set; } = null!;
    public Acting Manager { get; private set; } = null!;
    public Acting Stranger { get; private set; } = null!;

    public IBusinessCards Cards => My.Get<IBusinessCards>();

    public static async Task<CardsStage> SetAsync(ICardReader reader, Action<IServiceCollection>? change = null)
    {
        var stage = new CardsStage(await TestDatabase.CreateAsync(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(reader));
            services.Replace(ServiceDescriptor.Singleton<ICardPreviews>(new ScriptedPreviews(null)));
            change?.Invoke(services);
        }));
        var team = await stage.Db.AddTeamAsync("华东");
        stage.Rep = await stage.Db.AddUserAsync(Role.SalesRep, team);
        stage.My = stage.Db.As(stage.Rep);
        stage.Mate = stage.Db.As(await stage.Db.AddUserAsync(Role.SalesRep, team));
        stage.Manager = stage.Db.As(await stage.Db.AddUserAsync(Role.Manager, team));
        stage.Stranger = stage.Db.As(await stage.Db.AddUserAsync(Role.Manager, await stage.Db.AddTeamAsync("华南")));
        return stage;
    }

    /// <summary>Another picture for each key.</summary>
    public static byte[] Photo(string key = "a") => DemoFiles.Portrait(key);

    public Task<Result<UploadedCard>> SendAsync(byte[] file, Guid? batch = null, Acting? by = null) => (by ?? My).Get<IBusinessCards>().UploadAsync(batch, "IMG_1.jpg", new MemoryStream(file), default);

    /// <summary>A card that was sent and read.</summary>
    public async Task<CardDetail> ReadyAsync(string key = "a")
    {
        var id = (await SendAsync(Photo(key))).Value.Id;
        await Db.DrainAsync();
        return (await Cards.GetAsync(id, default))!;
    }

    public Task<Result<SavedCard>> SaveAsync(CardDetail card, CardForm? text = null, CardSave? save = null) => Cards.SaveAsync(card.Card.Id, card.Card.Version, save ?? new(text ?? card.Text), default);

    public int FilesStored() => Directory.Exists(Path.Combine(Db.Folder, "files")) ? Directory.GetFiles(Path.Combine(Db.Folder, "files"), "*", SearchOption.AllDirectories).Length : 0;

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}
