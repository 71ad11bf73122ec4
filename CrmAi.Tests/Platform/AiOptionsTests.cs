using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;
using CrmAi.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CrmAi.Tests.Platform;

public sealed class AiOptionsTests
{
    [Fact]
    public void Settings_OfNoModel_AskNothing() => Enum.GetValues<AiRunType>().ShouldAllBe(task => Models().Of(task) == null);

    [Fact]
    public void Settings_OfATask_WinOverThoseOfAll()
    {
        var models = Models(("Model", "large"), ("BaseAddress", "https://a.example/v1/"), ("Key", "k1"), ("InputPrice", "2.5"), ("OutputPrice", "8"),
            ("Tasks:Profile:Model", "small"), ("Tasks:Profile:Timeout", "00:02:00"), ("Tasks:Profile:InputPrice", "0.5"), ("Tasks:Card:BaseAddress", "http://localhost:11434/v1"));
        var (conversation, profile, card) = (models.Of(AiRunType.Conversation)!, models.Of(AiRunType.Profile)!, models.Of(AiRunType.Card)!);
        (conversation.Name, conversation.BaseAddress, conversation.Key, conversation.Timeout).ShouldBe(("large", new Uri("https://a.example/v1"), "k1", TimeSpan.FromSeconds(60)));
        (profile.Name, profile.BaseAddress, profile.Key, profile.Timeout).ShouldBe(("small", new Uri("https://a.example/v1"), "k1", TimeSpan.FromMinutes(2)));
        conversation.CostOf(1000, 100).ShouldBe(3300);
        profile.CostOf(1001, 100).ShouldBe(1301); // 500.5 + 800, rounded up
        (card.Name, card.Key).ShouldBe(("large", "none"), "a key is not sent to another address");
    }

    [Theory]
    [InlineData("Ai:BaseAddress is not set", "Model", "m")]
    [InlineData("Ai:BaseAddress is no address", "Model", "m", "BaseAddress", "api.example.com/v1")]
    [InlineData("Ai:Tasks:Profiles is no task", "Tasks:Profiles:Model", "m")]
    [InlineData("Ai:Tasks:Profile:BaseAddress is not set", "Tasks:Profile:Model", "m")]
    [InlineData("Ai:Tasks:Profile:Concurrency must lie between 1 and 1000", "Model", "m", "BaseAddress", "https://a.example/v1", "Tasks:Profile:Concurrency", "0")]
    [InlineData("Ai:Timeout must lie between", "Model", "m", "BaseAddress", "https://a.example/v1", "Timeout", "00:00:00")]
    [InlineData("Ai:InputPrice must lie between", "Model", "m", "BaseAddress", "https://a.example/v1", "InputPrice", "-1")]
    [InlineData("Ai:Key has characters", "Model", "m", "BaseAddress", "https://a.example/v1", "Key", "se cret")]
    public void Settings_ThatCannotWork_AreToldByName(string message, params string[] settings)
    {
        var fault = Should.Throw<OptionsValidationException>(() => Models([.. settings.Chunk(2).Select(s => (s[0], s[1]))]).Of(AiRunType.Card));
        fault.Message.ShouldContain(message);
        fault.Message.ShouldNotContain("se cret");
    }

    [Fact]
    public async Task Server_WithSettingsThatCannotWork_DoesNotStart()
    {
        await using var app = new TestApp(change: builder => builder.UseSetting("Ai:Model", "m"));
        Should.Throw<OptionsValidationException>(() => app.Services).Message.ShouldContain("Ai:BaseAddress is not set");
    }

    private static AiModels Models(params (string Name, string Value)[] settings) =>
        new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddAi(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => $"Ai:{s.Name}", s => (string?)s.Value)).Build())
            .BuildServiceProvider().GetRequiredService<AiModels>();
}
