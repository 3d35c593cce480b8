import {
  baseKeymap,
  chainCommands,
  exitCode,
  lift,
  setBlockType,
  toggleMark,
  wrapIn,
} from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { Attrs, MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState, Plugin } from 'prosemirror-state';
import { schema } from './markdown';

const { nodes, marks } = schema;

function within(state: EditorState, type: NodeType, attrs?: Attrs): boolean {
  const { $from, to } = state.selection;
  if (type.isTextblock) return to <= $from.end() && $from.parent.hasMarkup(type, attrs);
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
}

function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

const block =
  (type: NodeType, attrs?: Attrs): Command =>
  (state, dispatch) =>
    within(state, type, attrs)
      ? setBlockType(nodes.paragraph)(state, dispatch)
      : setBlockType(type, attrs)(state, dispatch);

const wrapped =
  (type: NodeType): Command =>
  (state, dispatch) =>
    within(state, type) ? lift(state, dispatch) : wrapIn(type)(state, dispatch);

/** Items stand one under the other, without an empty line between. */
const TIGHT = { tight: true };

/** Wraps in a list, changes the list's kind, or takes the item out of it. */
const list =
  (type: NodeType): Command =>
  (state, dispatch) => {
    if (within(state, type)) return liftListItem(nodes.list_item)(state, dispatch);
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      const node = $from.node(depth);
      if (node.type !== nodes.bullet_list && node.type !== nodes.ordered_list) continue;
      dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, { tight: node.attrs.tight }));
      return true;
    }
    return wrapInList(type, TIGHT)(state, dispatch);
  };

export interface Format {
  id:
    | 'heading1'
    | 'heading2'
    | 'heading3'
    | 'bold'
    | 'italic'
    | 'code'
    | 'bullets'
    | 'numbers'
    | 'quote'
    | 'code_block';
  /** As `prosemirror-keymap` writes it. */
  keys: string;
  run: Command;
  isOn: (state: EditorState) => boolean;
}

const heading = (level: 1 | 2 | 3): Format => ({
  id: `heading${level}`,
  keys: `Mod-Alt-${level}`,
  run: block(nodes.heading, { level }),
  isOn: (state) => within(state, nodes.heading, { level }),
});

const mark = (id: Format['id'], keys: string, type: MarkType): Format => ({
  id,
  keys,
  run: toggleMark(type),
  isOn: (state) => hasMark(state, type),
});

/** What the bar above the text offers; every one has a key. */
export const FORMATS: Format[][] = [
  [heading(1), heading(2), heading(3)],
  [mark('bold', 'Mod-b', marks.strong), mark('italic', 'Mod-i', marks.em), mark('code', 'Mod-e', marks.code)],
  [
    {
      id: 'bullets',
      keys: 'Mod-Shift-8',
      run: list(nodes.bullet_list),
      isOn: (state) => within(state, nodes.bullet_list),
    },
    {
      id: 'numbers',
      keys: 'Mod-Shift-7',
      run: list(nodes.ordered_list),
      isOn: (state) => within(state, nodes.ordered_list),
    },
    {
      id: 'quote',
      keys: 'Mod-Shift-9',
      run: wrapped(nodes.blockquote),
      isOn: (state) => within(state, nodes.blockquote),
    },
    {
      id: 'code_block',
      keys: 'Mod-Alt-c',
      run: block(nodes.code_block),
      isOn: (state) => within(state, nodes.code_block),
    },
  ],
];

/** The link under the cursor or in the selection. */
export function linkAt(state: EditorState): string | null {
  const { from, to, empty, $from } = state.selection;
  if (empty) return (marks.link.isInSet($from.marks())?.attrs.href as string | undefined) ?? null;
  let found: string | null = null;
  state.doc.nodesBetween(from, to, (node) => {
    found ??= (marks.link.isInSet(node.marks)?.attrs.href as string | undefined) ?? null;
  });
  return found;
}

/** Makes the selection a link, or takes the link away; without a selection the address itself is written. */
export const setLink =
  (href: string): Command =>
  (state, dispatch) => {
    const { from, to, empty } = state.selection;
    if (href === '') dispatch?.(state.tr.removeMark(from, to, marks.link));
    else if (empty)
      dispatch?.(state.tr.replaceSelectionWith(schema.text(href, [marks.link.create({ href })]), false));
    else dispatch?.(state.tr.addMark(from, to, marks.link.create({ href })));
    return true;
  };

const lineBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

/** What typing does: Markdown's signs at the start of a line, the keys, undo. */
export function editing(): Plugin[] {
  return [
    inputRules({
      rules: [
        wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
        wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list, TIGHT),
        wrappingInputRule(
          /^(\d+)[.)]\s$/,
          nodes.ordered_list,
          (match) => ({ ...TIGHT, order: Number(match[1]) }),
          (match, node) => node.childCount + (node.attrs.order as number) === Number(match[1]),
        ),
        textblockTypeInputRule(/^```$/, nodes.code_block),
        textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading, (match) => ({ level: match[1]?.length ?? 1 })),
      ],
    }),
    keymap({
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      Enter: splitListItem(nodes.list_item),
      Tab: sinkListItem(nodes.list_item),
      'Shift-Tab': liftListItem(nodes.list_item),
      'Shift-Enter': lineBreak,
      'Mod-Alt-0': setBlockType(nodes.paragraph),
      ...Object.fromEntries(FORMATS.flat().map(({ keys, run }) => [keys, run])),
    }),
    keymap(baseKeymap),
    history(),
  ];
}
