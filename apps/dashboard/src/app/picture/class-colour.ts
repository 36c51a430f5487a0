/**
 * Okabe and Ito's palette, told apart with every kind of colour vision, with its blue and vermilion
 * lightened so that dark writing can be read on each of them.
 */
export const PALETTE = [
  '#56b4e9',
  '#f0e442',
  '#e69f00',
  '#cc79a7',
  '#009e73',
  '#e8743b',
  '#6c78fc',
  '#d9d9d9',
] as const;

/** What streets and yards are full of gets colours of its own; the rest shares them by name. */
const RESERVED: Readonly<Record<string, number>> = {
  person: 0,
  car: 1,
  truck: 2,
  bus: 3,
  bicycle: 4,
  motorcycle: 5,
  dog: 6,
  cat: 7,
};

/** The colour of a class, the same everywhere and at any time. */
export function classColour(label: string): string {
  const reserved = RESERVED[label];
  const index = reserved ?? fnv1a(label) % PALETTE.length;
  return PALETTE[index] ?? PALETTE[0];
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
