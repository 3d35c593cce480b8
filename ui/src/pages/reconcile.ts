import diff from 'fast-diff';
import { type Node as DocumentNode, Slice } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { isBlank } from './markdown';

/** The same for a reader: spaces at the end of a line and empty paragraphs are not in the text. */
function same(a: DocumentNode, b: DocumentNode): boolean {
  if (a === b || a.eq(b)) return true;
  if (a.type !== b.type || !a.hasMarkup(b.type, b.attrs)) return false;
  if (a.isTextblock) return trimmed(a).eq(trimmed(b));
  const [ours, theirs] = [children(a), children(b)].map((all) => all.filter((child) => !isBlank(child)));
  return (
    ours !== undefined &&
    theirs !== undefined &&
    ours.length === theirs.length &&
    ours.length > 0 &&
    ours.every((child, index) => same(child, theirs[index] as DocumentNode))
  );
}

function trimmed(node: DocumentNode): DocumentNode {
  if (node.type.spec.code || node.lastChild?.isText !== true) return node;
  const text = node.lastChild.text ?? '';
  return node.cut(0, node.content.size - (text.length - text.trimEnd().length));
}

const children = (node: DocumentNode): DocumentNode[] => {
  const all: DocumentNode[] = [];
  node.forEach((child) => {
    all.push(child);
  });
  return all;
};

/** Pairs of equal blocks in both lists, in order: the longest common subsequence. */
function pairs(ours: DocumentNode[], theirs: DocumentNode[]): [number, number][] {
  let head = 0;
  while (head < ours.length && head < theirs.length && same(ours[head]!, theirs[head]!)) head += 1;
  let tail = 0;
  while (
    tail < ours.length - head &&
    tail < theirs.length - head &&
    same(ours[ours.length - 1 - tail]!, theirs[theirs.length - 1 - tail]!)
  ) {
    tail += 1;
  }
  const [rows, columns] = [ours.length - head - tail, theirs.length - head - tail];
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      lengths[i]![j] = same(ours[head + i]!, theirs[head + j]!)
        ? lengths[i + 1]![j + 1]! + 1
        : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const found: [number, number][] = [];
  for (let index = 0; index < head; index += 1) found.push([index, index]);
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (same(ours[head + i]!, theirs[head + j]!)) {
      found.push([head + i, head + j]);
      i += 1;
      j += 1;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i += 1;
    else j += 1;
  }
  for (let index = tail; index > 0; index -= 1) found.push([ours.length - index, theirs.length - index]);
  return found;
}

/** Makes the text of one block that of another, letter by letter, so that a cursor within stays where it was. */
function reconcileText(tr: Transaction, at: number, ours: DocumentNode, theirs: DocumentNode): boolean {
  const plain = (node: DocumentNode) => node.textContent.length === node.content.size;
  const kept = trimmed(ours);
  if (!plain(ours) || !plain(theirs)) return false;
  const steps: { from: number; to: number; slice: Slice }[] = [];
  let [old, now] = [0, 0];
  for (const [op, text] of diff(kept.textContent, theirs.textContent)) {
    if (op === diff.EQUAL) {
      old += text.length;
      now += text.length;
    } else if (op === diff.DELETE) {
      steps.push({ from: old, to: old + text.length, slice: Slice.empty });
      old += text.length;
    } else {
      steps.push({ from: old, to: old, slice: theirs.slice(now, now + text.length) });
      now += text.length;
    }
  }
  for (const step of steps.reverse()) tr.replace(at + 1 + step.from, at + 1 + step.to, step.slice);
  const result = tr.doc.nodeAt(at);
  return result !== null && same(result, theirs);
}

/** Makes one block another. */
function reconcileBlock(tr: Transaction, at: number, ours: DocumentNode, theirs: DocumentNode): void {
  if (ours.type === theirs.type && ours.hasMarkup(theirs.type, theirs.attrs)) {
    if (ours.isTextblock) {
      const before = tr.steps.length;
      if (reconcileText(tr, at, ours, theirs)) return;
      const size = tr.doc.nodeAt(at)?.nodeSize ?? ours.nodeSize;
      tr.replaceWith(at, at + (before === tr.steps.length ? ours.nodeSize : size), theirs);
      return;
    }
    if (!ours.isLeaf) {
      reconcileChildren(tr, at + 1, ours, theirs);
      return;
    }
  }
  tr.replaceWith(at, at + ours.nodeSize, theirs);
}

/** Makes the blocks within `ours`, which begin at `at`, those of `theirs`; back to front, so that positions hold. */
function reconcileChildren(tr: Transaction, at: number, ours: DocumentNode, theirs: DocumentNode): void {
  const [old, now] = [children(ours), children(theirs)];
  const starts: number[] = [];
  let position = at;
  for (const child of old) {
    starts.push(position);
    position += child.nodeSize;
  }
  starts.push(position);
  const equal = pairs(old, now);
  let [oldEnd, newEnd] = [old.length, now.length];
  for (const [i, j] of [...equal.reverse(), [-1, -1] as [number, number]]) {
    reconcileGap(tr, starts, old.slice(i + 1, oldEnd), i + 1, now.slice(j + 1, newEnd));
    [oldEnd, newEnd] = [i, j];
  }
}

/** Blocks that are not the same on both sides: as many as there are on both become each other, the rest comes or goes. */
function reconcileGap(
  tr: Transaction,
  starts: number[],
  old: DocumentNode[],
  first: number,
  now: DocumentNode[],
): void {
  const written = old
    .map((node, index) => ({ node, at: first + index }))
    .filter(({ node }) => !isBlank(node));
  const end = starts[first + old.length] ?? 0;
  const shared = Math.min(written.length, now.length);
  if (now.length > shared) {
    const last = written.at(-1);
    const at = last === undefined ? end : (starts[last.at + 1] ?? end);
    tr.insert(at, now.slice(shared));
  }
  for (let index = written.length - 1; index >= 0; index -= 1) {
    const { node, at } = written[index]!;
    const start = starts[at] ?? 0;
    const becomes = now[index];
    if (index < shared && becomes !== undefined) reconcileBlock(tr, start, node, becomes);
    else tr.delete(start, start + node.nodeSize);
  }
}

/** Makes the document another one with as little change as can be: what did not change keeps its cursor. */
export function reconcile(tr: Transaction, theirs: DocumentNode): Transaction {
  reconcileChildren(tr, 0, tr.doc, theirs);
  return tr;
}
