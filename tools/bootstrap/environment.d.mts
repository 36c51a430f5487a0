export const LOOKOUT_SETTINGS: readonly string[];
export function unknownSettings(
  environment: Readonly<Record<string, string | undefined>>,
): string[];
