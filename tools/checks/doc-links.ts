import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A link of a page that leads nowhere. */
export interface BrokenLink {
  readonly page: string;
  readonly target: string;
}

/**
 * Finds links to files and to headings of Markdown pages that are not there.
 * @param pages - absolute paths of Markdown files
 * @param root - links that begin with `/` start here
 */
export function brokenLinks(pages: readonly string[], root: string): BrokenLink[] {
  return pages.flatMap((page) =>
    linksOf(readFileSync(page, 'utf8'))
      .filter((target) => !resolves(target, page, root))
      .map((target) => ({ page, target })),
  );
}

function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)];
  const named = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  const html = [...prose.matchAll(/\b(?:src|href|srcset)="([^"]+)"/g)];
  return [...inline, ...named, ...html].flatMap(([, target]) => target ?? []);
}

function resolves(target: string, page: string, root: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return true;
  const [path = '', anchor] = decodeURI(target).split('#');
  const base = path.startsWith('/') ? root : dirname(page);
  const file = path === '' ? page : resolve(base, `./${path}`);
  if (!existsSync(file)) return false;
  if (anchor === undefined || !file.endsWith('.md')) return true;
  return headingsOf(readFileSync(file, 'utf8')).includes(anchor);
}

/** Anchors as GitHub makes them. */
function headingsOf(markdown: string): string[] {
  return [...markdown.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map(
    ([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-'),
  );
}
