import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { brokenLinks } from './doc-links.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('every link of the pages of this repository leads somewhere', () => {
  const found = globSync('{*.md,docs/**/*.md,models/*.md,docker/**/*.md}', { cwd: ROOT });
  const pages = found.map((page) => join(ROOT, page));
  expect(pages).toContain(join(ROOT, 'README.md'));
  expect(brokenLinks(pages, ROOT)).toEqual([]);
});

test('finds links to files and headings that are not there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lookout-links-'));
  const page = join(folder, 'page.md');
  try {
    writeFileSync(
      page,
      [
        '# The page, itself',
        '[here](#the-page-itself) [there](page.md#nowhere) [gone](gone.md "title")',
        '[outside](https://example.com/a) `[code](code.md)` <img src="picture.png" alt="">',
        '```\n[block](block.md)\n```',
        '[named]: named.md',
      ].join('\n'),
    );
    const targets = brokenLinks([page], folder).map(({ target }) => target);
    expect(targets.toSorted()).toEqual(['gone.md', 'named.md', 'page.md#nowhere', 'picture.png']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
