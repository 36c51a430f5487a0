import type { IconName } from '../shell/icon-paths.ts';
import type { CameraDiagnosis, DoctorReport } from './doctor.ts';

type Severity = CameraDiagnosis['severity'];
type Part = CameraDiagnosis['limit'] | NonNullable<DoctorReport['findings']>[number]['part'];

const PARTS: Readonly<Record<Part, string>> = {
  none: 'nothing',
  source: 'source',
  network: 'network',
  decode: 'decoding',
  redis: 'Redis',
  inference: 'inference',
  viewer: 'viewer',
  disk: 'disk',
  off: 'off',
  unknown: 'not known',
  memory: 'memory',
  api: 'api',
};

const ICONS: Readonly<Record<Severity, IconName>> = {
  ok: 'fresh',
  notice: 'unknown',
  warning: 'stale',
  critical: 'failed',
};

const URGENCY: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, notice: 2, ok: 3 };

export const partWord = (part: Part): string => PARTS[part];

export const severityIcon = (severity: Severity): IconName => ICONS[severity];

/** What is worst first; of equals the order stays. */
export function byUrgency<Item extends { readonly severity: Severity }>(
  items: readonly Item[],
): Item[] {
  return items.toSorted((one, other) => URGENCY[one.severity] - URGENCY[other.severity]);
}

/** "5 of 30 fps", "98 % (85 %)", "not measured". */
export function figure({ value, unit, bound, name }: CameraDiagnosis['evidence'][number]): string {
  if (value === null) return 'not measured';
  const own = number(value);
  const unitWord = unit === '' ? '' : ` ${unit}`;
  const isWish = bound !== undefined && name.startsWith('frames ') && unit !== '%';
  if (isWish && bound > 0) return `${own} of ${number(bound)}${unitWord}`;
  return `${own}${unitWord}`;
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** "62 GB", "41.9 kB". */
export function bytes(value: number | null): string {
  if (value === null) return 'not known';
  if (value < 1e6) return `${number(value / 1e3)} kB`;
  return value < 1e9 ? `${number(value / 1e6)} MB` : `${number(value / 1e9)} GB`;
}

/** "63 %". */
export const percent = (share: number | null): string =>
  share === null ? 'not known' : `${String(Math.round(share * 100))} %`;
