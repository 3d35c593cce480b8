import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import type { KindInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { Popover } from '@/components/popover';
import { fieldLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { type Column, MIN_WIDTH, possibleColumns } from './columns';

/** Which columns are shown, in which order and how wide: everything the pointer can do at the heads. */
export function ColumnMenu({
  kind,
  columns,
  onColumns,
  onWidth,
}: {
  kind: KindInfo;
  columns: Column[];
  onColumns: (names: string[] | null) => void;
  onWidth: (field: string, width: number) => void;
}) {
  const shown = columns.map((column) => column.field.name);
  const hidden = possibleColumns(kind).filter((field) => !shown.includes(field.name));
  const move = (from: number, by: number) => {
    const next = [...shown];
    const [name] = next.splice(from, 1);
    if (name !== undefined) next.splice(from + by, 0, name);
    onColumns(next);
  };
  return (
    <Popover
      title={m.label_columns()}
      align="end"
      className="w-80 p-0"
      trigger={
        <Button look="ghost" className="text-quiet" icon={<Columns3 className="size-3.5" aria-hidden />}>
          {m.label_columns()}
        </Button>
      }
    >
      <ul className="max-h-96 overflow-y-auto p-2">
        {columns.map((column, index) => {
          const label = fieldLabel(kind.name, column.field);
          return (
            <li key={column.field.name} className="flex h-8 items-center gap-2">
              <label className="flex min-w-0 flex-1 items-center gap-2">
                <input
                  type="checkbox"
                  checked
                  className="accent-accent"
                  onChange={() => onColumns(shown.filter((name) => name !== column.field.name))}
                />
                <span className="truncate">{label}</span>
              </label>
              <input
                type="number"
                aria-label={m.label_width_of({ column: label })}
                value={column.width}
                min={MIN_WIDTH}
                step={8}
                onChange={(event) =>
                  onWidth(column.field.name, Math.max(MIN_WIDTH, Number(event.target.value)))
                }
                className="numeric h-6 w-14 rounded-control border border-line bg-surface px-1 text-right text-small"
              />
              <IconButton
                className="size-6"
                disabled={index === 0}
                label={m.action_move_up({ column: label })}
                icon={<ArrowUp className="size-3.5" />}
                onClick={() => move(index, -1)}
              />
              <IconButton
                className="size-6"
                disabled={index === columns.length - 1}
                label={m.action_move_down({ column: label })}
                icon={<ArrowDown className="size-3.5" />}
                onClick={() => move(index, 1)}
              />
            </li>
          );
        })}
        {hidden.map((field) => (
          <li key={field.name} className="flex h-8 items-center">
            <label className="flex min-w-0 flex-1 items-center gap-2 text-quiet">
              <input
                type="checkbox"
                checked={false}
                className="accent-accent"
                onChange={() => onColumns([...shown, field.name])}
              />
              <span className="truncate">{fieldLabel(kind.name, field)}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className="border-line border-t p-2">
        <Button look="ghost" onClick={() => onColumns(null)}>
          {m.action_reset_columns()}
        </Button>
      </div>
    </Popover>
  );
}
