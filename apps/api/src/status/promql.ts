import { parser } from '@prometheus-io/lezer-promql';

/** One selection of series in a query. */
export interface Selection {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly values: readonly string[] }[];
}

/** What a query asks for. */
export interface Query {
  readonly selections: readonly Selection[];
  /** Labels that it groups by or joins on. */
  readonly grouping: readonly string[];
}

/**
 * Reads a query by Prometheus' own grammar, with Grafana's variables put in.
 * @throws SyntaxError where it is none
 */
export function readQuery(text: string): Query {
  const query = text.replaceAll('$__rate_interval', '1m').replaceAll('$camera', '.*');
  const selections: { metric: string; matchers: { label: string; values: string[] }[] }[] = [];
  const grouping: string[] = [];
  const word = ({ from, to }: { from: number; to: number }) => query.slice(from, to);
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.isError) throw new SyntaxError(`not PromQL at ${String(node.from)}: ${query}`);
      if (node.name === 'VectorSelector') {
        const name = node.node.getChild('Identifier');
        selections.push({ metric: name === null ? '' : word(name), matchers: [] });
      }
      if (node.name === 'UnquotedLabelMatcher') {
        const [label, value] = [
          node.node.getChild('LabelName'),
          node.node.getChild('StringLiteral'),
        ];
        if (label === null || value === null) throw new SyntaxError(`an odd matcher: ${query}`);
        const values = word(value).slice(1, -1).split('|');
        selections.at(-1)?.matchers.push({ label: word(label), values });
      }
      if (node.name === 'GroupingLabels') {
        grouping.push(...node.node.getChildren('LabelName').map((label) => word(label)));
      }
    },
  });
  return { selections, grouping };
}

/** Every series of a page in Prometheus' text format: its name, labels and value. */
export function readPage(
  page: string,
): { metric: string; labels: Map<string, string>; value: number }[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, metric = '', , words = '', value] = /^(\w+)(\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const labels = [...words.matchAll(/(\w+)="([^"]*)"/g)];
      return {
        metric,
        labels: new Map(labels.map(([, label = '', is = '']) => [label, is])),
        value: Number(value),
      };
    });
}
