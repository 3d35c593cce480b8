import diff from 'fast-diff';

/** A passage of the base and what stands there instead. */
interface Patch {
  from: number;
  to: number;
  text: string;
}

function patches(base: string, other: string): Patch[] {
  const found: Patch[] = [];
  let at = 0;
  let open: Patch | null = null;
  for (const [op, text] of diff(base, other)) {
    if (op === diff.EQUAL) {
      at += text.length;
      open = null;
      continue;
    }
    if (open === null) {
      open = { from: at, to: at, text: '' };
      found.push(open);
    }
    if (op === diff.DELETE) {
      at += text.length;
      open.to = at;
    } else open.text += text;
  }
  return found;
}

/**
 * What both sides made of one base: every insertion of either side is in the result, and what either side removed is not.
 * Where both wrote at one place, theirs comes first.
 */
export function mergeTexts(base: string, ours: string, theirs: string): string {
  if (base === ours) return theirs;
  if (base === theirs || ours === theirs) return ours;
  const removed = new Uint8Array(base.length);
  const inserted = new Map<number, string>();
  for (const side of [patches(base, theirs), patches(base, ours)]) {
    for (const patch of side) {
      removed.fill(1, patch.from, patch.to);
      if (patch.text !== '') inserted.set(patch.from, (inserted.get(patch.from) ?? '') + patch.text);
    }
  }
  let merged = '';
  for (let at = 0; at <= base.length; at += 1) {
    merged += inserted.get(at) ?? '';
    if (at < base.length && removed[at] === 0) merged += base[at];
  }
  return merged;
}
