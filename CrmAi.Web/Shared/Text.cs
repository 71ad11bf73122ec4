namespace CrmAi.Web.Shared;

/// <summary>Names the resources that hold every word on the pages: Text.resx in Chinese, Text.en.resx in English.</summary>
public sealed class Text;
