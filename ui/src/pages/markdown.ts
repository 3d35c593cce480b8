import {
  defaultMarkdownParser,
  defaultMarkdownSerializer,
  MarkdownSerializer,
  schema,
} from 'prosemirror-markdown';
import type { Node as DocumentNode } from 'prosemirror-model';

export { schema };

/** As people write it by hand, and as everybody's editor writes it: the same content is the same text everywhere. */
const serializer = new MarkdownSerializer(
  {
    ...defaultMarkdownSerializer.nodes,
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
  const document = defaultMarkdownParser.parse(text);
  const starts = lineStarts(text);
  const ranges: [number, number][] = [];
  let depth = 0;
  for (const token of defaultMarkdownParser.tokenizer.parse(text, {})) {
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
