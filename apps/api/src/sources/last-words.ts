const LONGEST = 200;

/** Warnings, and what a decoder says of single pictures, which no operator can make anything of. */
const NOISE =
  /^Last message repeated|^\[(?:mjpeg|h264|hevc|mpeg4) @ |^(?:\[[^\]]* @ 0x[0-9a-f]+\] *)*\[(?:warning|info)\]/;

/** What a decoder said last, short and without the credentials that an address may carry. */
export function lastWords(stderr: string | null | undefined): string | undefined {
  const lines = (stderr ?? '').split(/[\r\n]+/).map((line) => line.trim());
  const words = lines.findLast((line) => line !== '' && !NOISE.test(line));
  if (words === undefined) return undefined;
  return words
    .replace(/^(?:\[[^\]]* @ 0x[0-9a-f]+\] *)*(?:\[(?:error|fatal|panic)\] *)?/i, '')
    .replace(/(\w+:\/\/)[^\s/@]+@/g, '$1***@')
    .slice(0, LONGEST);
}
