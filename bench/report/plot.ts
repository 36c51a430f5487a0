import { z } from 'zod';

const axisSchema = z.object({
  label: z.string(),
  /** Values that stand side by side at equal distances instead of on a scale. */
  steps: z.boolean().optional(),
});

/** A plot as data: what it shows, not how it is drawn. */
export const plotSchema = z.object({
  /** Ends up in the name of its file. */
  name: z.string(),
  title: z.string(),
  x: axisSchema,
  y: z.object({ label: z.string() }),
  /** Lines through points; a missing figure (`null`) leaves a gap. */
  series: z.array(
    z.object({
      name: z.string(),
      points: z.array(z.tuple([z.number(), z.number().nullable()])),
    }),
  ),
  /** A horizontal line that figures are held against. */
  bound: z.object({ label: z.string(), y: z.number() }).optional(),
});

/** A plot as data: what it shows, not how it is drawn. */
export type Plot = z.infer<typeof plotSchema>;

/** A figure as a point's height: JSON knows no NaN. */
export function height(figure: number): number | null {
  return Number.isFinite(figure) ? figure : null;
}
