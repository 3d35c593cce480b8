import type { Node as DocumentNode } from 'prosemirror-model';
import { Plugin, TextSelection } from 'prosemirror-state';
import {
  Decoration,
  DecorationSet,
  type EditorView,
  type NodeView,
  type ViewMutationRecord,
} from 'prosemirror-view';

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) =>
      cell
        .trim()
        .replaceAll('\\|', '|')
        .replace(/\*\*|__|`/g, ''),
    );

function row(line: string, cell: 'th' | 'td'): HTMLTableRowElement {
  const made = document.createElement('tr');
  for (const text of cells(line)) {
    const one = document.createElement(cell);
    if (cell === 'th') one.scope = 'col';
    one.textContent = text;
    made.append(one);
  }
  return made;
}

/** The source of a table as a table to read. */
function drawn(source: string): HTMLTableElement {
  const [head = '', , ...rest] = source.split('\n');
  const table = document.createElement('table');
  table.createTHead().append(row(head, 'th'));
  table.createTBody().append(...rest.filter((line) => line.trim() !== '').map((line) => row(line, 'td')));
  return table;
}

/** A table: drawn to be read, and as its source while the cursor is in it. */
export class TableView implements NodeView {
  readonly dom = document.createElement('div');
  readonly contentDOM = document.createElement('pre');
  private readonly reading = document.createElement('div');

  constructor(
    private node: DocumentNode,
    view: EditorView,
    getPos: () => number | undefined,
  ) {
    this.dom.className = 'page-table';
    this.reading.className = 'page-table-drawn';
    this.reading.contentEditable = 'false';
    this.reading.addEventListener('mousedown', (event) => {
      const at = getPos();
      if (at === undefined) return;
      event.preventDefault();
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at + 1)));
      view.focus();
    });
    this.dom.append(this.reading, this.contentDOM);
    this.draw();
  }

  update(node: DocumentNode): boolean {
    if (node.type !== this.node.type) return false;
    const changed = node.textContent !== this.node.textContent;
    this.node = node;
    if (changed) this.draw();
    return true;
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
  }

  private draw(): void {
    this.reading.replaceChildren(drawn(this.node.textContent));
  }
}

/** Marks the table the cursor is in: it shows its source. */
export const tableInEdit = (): Plugin =>
  new Plugin({
    props: {
      decorations({ doc, selection }) {
        const { $head } = selection;
        if ($head.parent.type.name !== 'table') return null;
        const at = $head.before();
        return DecorationSet.create(doc, [
          Decoration.node(at, at + $head.parent.nodeSize, { class: 'page-table-in-edit' }),
        ]);
      },
    },
  });
