import MarkdownIt from 'markdown-it';
import {
  schema as commonMark,
  defaultMarkdownParser,
  defaultMarkdownSerializer,
  MarkdownParser,
  MarkdownSerializer,
} from 'prosemirror-markdown';
import { type Node as DocumentNode, Schema } from 'prosemirror-model';

type NodeName = typeof commonMark extends Schema<infer N, string> ? N : never;
type MarkName = typeof commonMark extends Schema<string, infer M> ? M : never;

/** CommonMark, and tables: a table is kept as its source, so that it merges by character like any text. */
export const schema = new Schema<NodeName | 'table', MarkName>({
  nodes: commonMark.spec.nodes.addBefore('image', 'table', {
    content: 'text*',
    group: 'block',
    marks: '',
    code: true,
    defining: true,
    toDOM: () => ['pre', 0],
  }),
  marks: commonMark.spec.marks,
});

const tokenizer = new MarkdownIt('commonmark', { html: false }).enable('table');

/** The many tokens of a table become one that holds its source. */
tokenizer.core.ruler.after('block', 'table_source', (state) => {
  const lines = state.src.split('\n');
  const kept: typeof state.tokens = [];
  for (let at = 0; at < state.tokens.length; at += 1) {
    const token = state.tokens[at]!;
    if (token.type !== 'table_open') {
      kept.push(token);
      continue;
    }
    const source = new state.Token('table_source', '', 0);
    source.map = token.map;
    source.block = true;
    const [from, to] = token.map ?? [0, 0];
    // Within a quote or a list, what stands before the line belongs to those.
    source.content = lines
      .slice(from, to)
      .map((line) => line.replace(/^[\s>]*/, ''))
      .join('\n')
      .trimEnd();
    kept.push(source);
    while (state.tokens[at]?.type !== 'table_close') at += 1;
  }
  state.tokens = kept;
});

const parser = new MarkdownParser(schema, tokenizer, {
  ...defaultMarkdownParser.tokens,
  table_source: { block: 'table', noCloseToken: true },
});

/** As people write it by hand, and as everybody's editor writes it: the same content is the same text everywhere. */
const serializer = new MarkdownSerializer(
  {
    ...defaultMarkdownSerializer.nodes,
    table(state, node) {
      state.text(node.textContent, false);
      state.closeBlock(node);
    },
    bullet_list(state, node) {
      state.renderList(node, '  ', () => '- ');
    },
    hard_break(state, node, parent, index) {
      for (let after = index + 1; after < parent.childCount; after += 1) {
        if (parent.child(after).type !== node.type) {
          state.write('\\\n');
          return;
        }
      }
    },
  },
  defaultMarkdownSerializer.marks,
);

/** A block's text as it was read, and the gap up to the next block. */
interface Source {
  text: string;
  next: DocumentNode | null;
  gap: string;
}

/**
 * Where a block of a document came from. A block that nobody touched is written as it was read, so that an edit changes
 * what was edited and nothing else, however the rest was written.
 */
const sources = new WeakMap<DocumentNode, Source>();
const heads = new WeakMap<DocumentNode, string>();

const GAP = '\n\n';

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Reads Markdown (CommonMark) as a document, and keeps where each block came from. */
export function parse(text: string): DocumentNode {
  const document = parser.parse(text);
  const starts = lineStarts(text);
  const ranges: [number, number][] = [];
  let depth = 0;
  for (const token of tokenizer.parse(text, {})) {
    if (depth === 0 && token.map !== null && token.nesting >= 0) {
      const [from, to] = token.map;
      const end = to < starts.length ? (starts[to] ?? text.length) : text.length;
      ranges.push([starts[from] ?? 0, end]);
    }
    depth += token.nesting;
  }
  if (ranges.length !== document.childCount) return document;
  document.forEach((node, _offset, index) => {
    const [from, to] = ranges[index] ?? [0, 0];
    const own = text.slice(from, to).replace(/\s+$/, '');
    const next = ranges[index + 1]?.[0] ?? text.length;
    sources.set(node, {
      text: own,
      next: index + 1 < document.childCount ? document.child(index + 1) : null,
      gap: text.slice(from + own.length, next),
    });
  });
  const first = document.firstChild;
  if (first !== null) heads.set(first, text.slice(0, ranges[0]?.[0] ?? 0));
  return document;
}

function serialize(node: DocumentNode): string {
  return serializer.serialize(schema.topNodeType.create(null, node)).replace(/\s+$/, '');
}

/** Whether a block leaves anything in the text: an empty paragraph does not. */
export const isBlank = (node: DocumentNode): boolean =>
  node.type === schema.nodes.paragraph &&
  node.textContent.trim() === '' &&
  node.childCount <= 1 &&
  !hasLeaf(node);

const hasLeaf = (node: DocumentNode): boolean => {
  let found = false;
  node.forEach((child) => {
    if (!child.isText) found = true;
  });
  return found;
};

/** Writes a document as Markdown. */
export function write(document: DocumentNode): string {
  const blocks: DocumentNode[] = [];
  document.forEach((node) => {
    if (!isBlank(node)) blocks.push(node);
  });
  let text = '';
  blocks.forEach((node, index) => {
    const source = sources.get(node) ?? { text: serialize(node), next: null, gap: '\n' };
    if (!sources.has(node)) sources.set(node, source);
    if (index === 0) text += heads.get(node) ?? '';
    text += source.text;
    const next = blocks[index + 1] ?? null;
    if (source.next === next) text += source.gap;
    else text += next === null ? '\n' : GAP;
  });
  return text;
}

/** Takes over where `from`'s blocks came from, for blocks of `to` that say the same. */
export function adoptSources(to: DocumentNode, from: DocumentNode): void {
  const theirs: DocumentNode[] = [];
  const ours: DocumentNode[] = [];
  from.forEach((node) => {
    if (!isBlank(node)) theirs.push(node);
  });
  to.forEach((node) => {
    if (!isBlank(node)) ours.push(node);
  });
  if (theirs.length !== ours.length) return;
  const counterpart = new Map(theirs.map((node, index) => [node, ours[index] ?? null]));
  theirs.forEach((node, index) => {
    const source = sources.get(node);
    const own = ours[index];
    if (source === undefined || own === undefined) return;
    const next = source.next === null ? null : (counterpart.get(source.next) ?? null);
    sources.set(own, { ...source, next });
    const head = heads.get(node);
    if (head !== undefined) heads.set(own, head);
  });
}
