using CrmAi.Domain.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace CrmAi.Web.Shared;

/// <summary>Keeps a fault within the part of the page where it arose: says what was kept and offers to try again.</summary>
public sealed class FaultBoundary : ErrorBoundary
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null) builder.AddContent(0, ChildContent);
        else if (CurrentException is NotSignedInException)
        {
            builder.OpenComponent<ToSignIn>(1);
            builder.CloseComponent();
        }
        else
        {
            builder.OpenComponent<FaultNotice>(2);
            builder.AddComponentParameter(3, nameof(FaultNotice.OnRetry), EventCallback.Factory.Create(this, Recover));
            builder.CloseComponent();
        }
    }
}
