using CrmAi.Bench;

return args switch
{
    ["lists", "--data", var folder] => await Lists.RunAsync(folder),
    ["conversations"] => await Conversations.RunAsync(),
    _ => Say(),
};

static int Say()
{
    Console.Error.WriteLine("""
        lists --data FOLDER   contact list, search and timeline on a seeded database (CrmAi.Web seed --contacts 100000 --interactions 300000)
        conversations         the rules analyst on conversations of growing length
        """);
    return 2;
}
