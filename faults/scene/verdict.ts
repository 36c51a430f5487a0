import type { Played } from './play.ts';

/**
 * What counts of one or more plays of a fault, by the majority of three; `null`: it has to be played
 * again. Only that the other camera was disturbed is asked thrice: a machine that stands still for a
 * moment does that too, though not each time.
 */
export function verdict(plays: readonly Played[]): Played | null {
  const missed = plays.find((play) => missesOf(play).some((claim) => claim !== 'other'));
  if (missed !== undefined) return missed;
  const disturbed = plays.filter((play) => missesOf(play).length > 0);
  const calm = plays.filter((play) => missesOf(play).length === 0);
  if (disturbed.length === 0) return calm[0] ?? null;
  return disturbed[1] ?? calm[1] ?? null;
}

function missesOf({ claims }: Played): string[] {
  return claims.filter(({ holds }) => !holds).map(({ claim }) => claim);
}
