import type { LiveAddress } from './viewer.ts';

/** Reads one metric that has no labels. @returns NaN when the api does not tell it */
export async function readMetric({ url, token }: LiveAddress, name: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  return value === undefined ? NaN : Number(value);
}
