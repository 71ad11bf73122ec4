namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>XML of somebody else's: not longer than it may be, and no tag in it so long that a reader would have to hold it whole.</summary>
internal sealed class GuardedXml(Stream inner, long limit) : Stream
{
    private const int MaxTag = 1024 * 1024;

    private long left = limit;
    private int open = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="InvalidDataException">It is longer, or a tag is.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Check(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        left -= bytes.Length;
        if (left < 0) throw new InvalidDataException("More than a file may hold.");
        while (!bytes.IsEmpty)
        {
            var next = bytes.IndexOf(open >= 0 ? (byte)'>' : (byte)'<');
            if (open >= 0)
            {
                open += next < 0 ? bytes.Length : next;
                if (open > MaxTag) throw new InvalidDataException("A tag without an end.");
            }
            if (next < 0) return;
            open = open >= 0 ? -1 : 0;
            bytes = bytes[(next + 1)..];
        }
    }
}
