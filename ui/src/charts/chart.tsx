import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { create } from 'zustand';
import { IconButton } from '@/components/button';
import { m } from '@/paraglide/messages.js';

/** Which charts are shown as tables: one that was stays so, also after the records behind a number were looked at. */
const useAsTable = create<Record<string, boolean>>(() => ({}));

/**
 * A drawing with the table behind it: the same data, in words and links, one press away. Those who use no pointer open
 * from the table what others open by a click on the drawing.
 */
export function Chart({
  id: name,
  label,
  lead,
  children,
  table,
}: {
  /** Its name within the interface. */
  id: string;
  label: string;
  /** What stands above it: its heading, or how it is read. */
  lead?: ReactNode;
  children: ReactNode;
  table: ReactNode;
}) {
  const asTable = useAsTable((state) => state[name] === true);
  const id = useId();
  return (
    <figure aria-label={label} className="min-w-0">
      <div className="mb-2 flex min-h-7 items-start gap-3">
        <div className="min-w-0 flex-1">{lead}</div>
        <IconButton
          label={asTable ? m.chart_as_chart({ chart: label }) : m.chart_as_table({ chart: label })}
          aria-controls={id}
          icon={
            asTable ? (
              <ChartColumn className="size-4" aria-hidden />
            ) : (
              <Table2 className="size-4" aria-hidden />
            )
          }
          onClick={() => useAsTable.setState({ [name]: !asTable })}
        />
      </div>
      <div id={id}>{asTable ? table : children}</div>
    </figure>
  );
}
