const NEWLINE = 0x0a

/**
 * Splits bytes into lines, without their line ends. Calls `expectLength` with the length in bytes of the line so far, so that it
 * can throw if a line is too long.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  expectLength: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    let begin = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, begin)) {
      yield Buffer.concat([...parts, chunk.subarray(begin, end)])
      parts = []
      length = 0
      begin = end + 1
    }
    parts.push(chunk.subarray(begin))
    length += chunk.length - begin
    expectLength(length)
  }
  if (length > 0) yield Buffer.concat(parts)
}
