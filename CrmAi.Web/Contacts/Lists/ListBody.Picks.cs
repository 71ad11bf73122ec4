using CrmAi.Domain.Contacts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmAi.Web.Contacts.Lists;

// Which rows are picked.
public sealed partial class ListBody
{
    private EventCallback<bool> PickerOf(ListedRow listed) =>
        Names.MayWrite ? EventCallback.Factory.Create<bool>(this, reach => PickAsync(listed.Row.Id, reach)) : default;

    /// <param name="reach">All from the one picked last up to this one.</param>
    [JSInvokable]
    public async Task Pick(Guid id, bool reach)
    {
        if (Names.MayWrite) await PickAsync(id, reach);
        StateHasChanged();
    }

    [JSInvokable]
    public void ClearPicked()
    {
        selection.Clear();
        StateHasChanged();
    }

    private async Task PickAsync(Guid id, bool reach)
    {
        var place = ranges.PlaceOf(id);
        if (!reach || selection.Last is not { } last || place is not { } here || Math.Abs(here - last) > MaxReach)
        {
            selection.Flip(id, place);
            return;
        }
        var (from, to) = (Math.Min(last, here), Math.Max(last, here));
        for (var start = from; start <= to; start += MaxTake)
        {
            var count = Math.Min(MaxTake, to - start + 1);
            var rows = ranges.Known(start, count) ?? (await Contacts.ListAsync(query, start, count, gone.Token, ranges.Near(start))).Items;
            selection.Add(rows.Select(r => r.Id));
        }
    }

    private void SelectAll() => selection.All();
}
