using System.Text;
using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Files that are no good as pictures of cards, of many kinds, the same for the same seed: cut, damaged, disguised, swollen.</summary>
internal static class MalformedPictures
{
    private const int Blank = 14, All = 20;

    /// <summary>A small, whole and valid JPEG of one colour, from which others are made.</summary>
    public static readonly byte[] Jpeg = Convert.FromBase64String("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==");

    private static byte[][] Photos => [CardPhotos.Card("c01.jpg"), CardPhotos.Card("c02.jpg"), DemoFiles.Portrait("x"), CardPhotos.WebP(800, 600)];

    /// <param name="ofPhotos">Also what is left of real photos, on which something may still be read.</param>
    public static IEnumerable<(string Kind, byte[] File)> Of(int seed, int count, bool ofPhotos = false)
    {
        var (random, photos) = (new Random(seed), ofPhotos ? Photos : []);
        for (var i = 0; i < count; i++) yield return Make(random, i % (ofPhotos ? All : Blank), photos);
    }

    private static (string Kind, byte[] File) Make(Random random, int kind, byte[][] photos)
    {
        byte[] Photo() => photos[random.Next(photos.Length)];
        switch (kind)
        {
            case 0: return ("zero bytes", []);
            case 1: return ("text", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => "名片 card "[random.Next(8)]))));
            case 2: return ("PDF named .jpg", [.. "%PDF-1.7\n"u8, .. Noise(random, 500)]);
            case 3: return ("GIF", [.. "GIF89a"u8, .. Noise(random, 300)]);
            case 4: return ("HEIC", [0, 0, 0, 24, .. "ftypheic"u8, .. Noise(random, 200)]);
            case 5: return ("truncated JPEG", Cut(random, CardPhotos.Sized(Jpeg, 800, 600)));
            case 6: return ("truncated PNG", Cut(random, CardPhotos.Png(800, 600)));
            case 7: return ("JPEG 20,000 wide", CardPhotos.Sized(Jpeg, 20_000, 300));
            case 8: return ("PNG of 60,000 by 60,000", CardPhotos.Png(60_000, 60_000));
            case 9: return ("animated WebP", CardPhotos.Animated());
            case 10: return ("tiny", random.Next(3) switch { 0 => Jpeg, 1 => CardPhotos.Png(1, 1), _ => CardPhotos.WebP(1, 1) });
            case 11: return ("JPEG whose size is a lie", CardPhotos.Sized(Jpeg, 900, 700));
            case 12: return ("PNG with spoilt data", Changed(CardPhotos.Png(640, 480), random, 4, from: 41, to: 49));
            case 13: return ("noise with a JPEG's head", [0xFF, 0xD8, 0xFF, 0xE0, .. Noise(random, 800)]);
            case 14: return ("photo, cut", Photo() is var whole ? whole[..random.Next(1, whole.Length)] : []);
            case 15: return ("photo with some bytes changed", Changed(Photo(), random, 1 + random.Next(40)));
            case 16: return ("photo with its head changed", Changed(Photo(), random, 3, to: 40));
            case 17: return ("photo behind a PDF's head", [.. "%PDF-1.7\n"u8, .. Photo()]);
            case 18: return ("photo whose frame is swollen", CardPhotos.Sized(photos[0], 20_000 + random.Next(40_000), 65_000));
            default: return ("half of one photo and the end of another", Photo() is var half ? [.. half[..(half.Length / 2)], .. Photo().TakeLast(200)] : []);
        }
    }

    private static byte[] Cut(Random random, byte[] file) => file[..random.Next(4, file.Length - 4)];

    private static byte[] Changed(byte[] file, Random random, int hits, int from = 0, int? to = null)
    {
        var changed = file.ToArray();
        for (; hits > 0; hits--) changed[random.Next(from, Math.Min(changed.Length, to ?? changed.Length))] ^= (byte)random.Next(1, 256);
        return changed;
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[random.Next(1, length)];
        random.NextBytes(noise);
        return noise;
    }
}
