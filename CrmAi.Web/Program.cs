using CrmAi.Web.Setup;

if (await Verbs.RunAsync(args) is { } exitCode) return exitCode;

var app = Application.Build(args);
await Start.PrepareAsync(app);
await app.RunAsync();
return 0;
