using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrmAi.Web.Setup;

/// <summary>What /openapi/v1.json says of the API beyond its routes.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "CrmAi", Version = "v1", Description = "Contacts, companies and interactions. Make a token on your settings page and send it as a bearer token. Times are UTC, money is in minor units." };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [ApiTokenAuthentication.Name] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "crm_…" },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(ApiTokenAuthentication.Name, document)] = [] }];
            return Task.CompletedTask;
        });
    }
}
