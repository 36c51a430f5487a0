/** What stands in a table for something that was not measured. */
const NONE = '–';

const format =
  (digits: number, unit: string, scale = 1) =>
  (value: number): string =>
    Number.isNaN(value) ? NONE : `${(value * scale).toFixed(digits)}${unit}`;

/** Milliseconds. */
export const ms = format(0, ' ms');
/** Things per second. */
export const rate = format(2, '');
/** A share that is given in %. */
export const percent = format(0, ' %');
/** A ratio. */
export const ratio = format(3, '');
/** Bytes. */
export function bytes(value: number): string {
  return value < 2 ** 20 ? format(0, ' KiB', 2 ** -10)(value) : format(1, ' MiB', 2 ** -20)(value);
}
/** A count, or a mean of counts. */
export const count = format(0, '');
