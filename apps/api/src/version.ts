import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });

/** @param root - where Lookout's package.json lies */
export function readVersion(root: string): string {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  return packageSchema.parse(JSON.parse(text)).version;
}
