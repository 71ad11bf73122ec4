namespace CrmAi.Domain.BusinessCards;

/// <summary>What stands on a business card. The English ones are the counterparts on a card in two languages; a card in English alone has its values in the plain ones.</summary>
public enum CardFieldKind { Name, Title, Company, Mobile, Tel, Fax, Email, Website, Address, WeChat, NameEn, TitleEn, CompanyEn, AddressEn }

/// <summary>By what a value was known for what it is.</summary>
public enum CardFieldOrigin
{
    /// <summary>A label stood before it: 手机, Tel, E.</summary>
    Label,

    /// <summary>Its form can be nothing else: an e-mail address, a company's suffix.</summary>
    Grammar,

    /// <summary>Its place and size: a name in the biggest type, a title below it.</summary>
    Layout,

    /// <summary>Put right after reading, by another field that says the same or by what its form allows.</summary>
    Repaired,

    /// <summary>An outside service told it so.</summary>
    Service,
}

/// <summary>A place on the picture, in pixels from its upper left corner, the picture being upright as browsers show it (EXIF orientation applied).</summary>
public readonly record struct PixelBox(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    /// <summary>The smallest box around both.</summary>
    public PixelBox With(PixelBox other)
    {
        var (x, y) = (Math.Min(X, other.X), Math.Min(Y, other.Y));
        return new(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }
}

/// <summary>One value that was read.</summary>
/// <param name="Value">In the form in which it is kept: an e-mail address in lower case, a Chinese name without blanks.</param>
/// <param name="Confidence">0 to 1: how sure the letters are and that they are this field.</param>
/// <param name="Place">Null where it is not known.</param>
/// <param name="Raw">As the letters were read, before anything was put right.</param>
/// <param name="Alternatives">Other readings of the same letters, likelier ones first.</param>
public sealed record CardField(CardFieldKind Kind, string Value, double Confidence, CardFieldOrigin Origin, PixelBox? Place, string Raw, IReadOnlyList<string> Alternatives)
{
    /// <summary>Below this a person should look.</summary>
    public const double Sure = 0.8;

    /// <summary>To be looked at before it is saved.</summary>
    public bool IsDoubtful => Confidence < Sure;
}

/// <summary>One line of print.</summary>
/// <param name="Confidence">0 to 1.</param>
public sealed record CardLine(string Text, double Confidence, PixelBox Place);

/// <summary>A card as it was read.</summary>
/// <param name="Reader">Which reader did it, and its version, for the record of the run.</param>
/// <param name="Width">Of the upright picture, in pixels.</param>
/// <param name="QuarterTurns">Clockwise quarter turns by which the upright picture is to be turned so that the card's print stands upright, 0 to 3.</param>
/// <param name="Fields">In no order of importance; of several of one kind the likeliest first.</param>
/// <param name="Lines">All print, fields or not, from top to bottom.</param>
public sealed record ReadCard(string Reader, string Version, int Width, int Height, int QuarterTurns, IReadOnlyList<CardField> Fields, IReadOnlyList<CardLine> Lines)
{
    /// <summary>The print as it stands, a line a line.</summary>
    public string RawText => string.Join('\n', Lines.Select(l => l.Text));

    /// <summary>The likeliest value of a kind; null where the card has none.</summary>
    public CardField? this[CardFieldKind kind] => Fields.FirstOrDefault(f => f.Kind == kind);
}
