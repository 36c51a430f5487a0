const LONGEST = 63;

/** Letters that do not fall apart into a plain letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  å: 'a',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Makes an id out of a name: `Tür 3 (außen)` becomes `tur-3-aussen`, `门` becomes `camera`. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\0-\x7f]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-');
  return trim(plain) || 'camera';
}

/** The `attempt`th choice of an id, from 1: `gate`, `gate-2`, `gate-3`. */
export function numberedSlug(slug: string, attempt: number): string {
  if (attempt === 1) return slug;
  const number = `-${String(attempt)}`;
  return trim(slug, LONGEST - number.length) + number;
}

function trim(slug: string, longest = LONGEST): string {
  return slug.replace(/^-+/, '').slice(0, longest).replace(/-+$/, '');
}
