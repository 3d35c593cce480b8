import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useShortcut } from '@/keys/use-shortcut';
import { m } from '@/paraglide/messages.js';
import { useKept } from '@/state/preferences';
import { RecordPanel } from './record-panel';

const [NARROWEST, WIDEST] = [360, 760];

/** A screen with the record that is open beside it. The edge between is dragged, or moved with the arrows. */
export function WithPanel({ children }: { children: ReactNode }) {
  const record = useSearch({ strict: false }).record;
  const navigate = useNavigate();
  const [kept, keep] = useKept('panel_width', 440);
  const [dragged, setDragged] = useState<number | null>(null);
  const start = useRef({ x: 0, width: 0 });
  const width = dragged ?? kept;
  const clamp = (value: number) => Math.min(WIDEST, Math.max(NARROWEST, value));
  const close = () => void navigate({ to: '.', search: ({ record: _, ...rest }) => rest, replace: true });
  const expand = () => void navigate({ to: '/record/$id', params: { id: record ?? '' }, search: {} });
  useShortcut('close_panel', close, record !== undefined);
  useShortcut('full_page', expand, record !== undefined);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      {record !== undefined && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr> */}
          <div
            role="separator"
            tabIndex={0}
            aria-label={m.label_panel_width()}
            aria-orientation="vertical"
            aria-valuenow={width}
            aria-valuemin={NARROWEST}
            aria-valuemax={WIDEST}
            className="relative w-px shrink-0 cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-inset-x-1 hover:bg-accent focus-visible:bg-accent"
            onPointerDown={(event) => {
              start.current = { x: event.clientX, width };
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={(event) => {
              if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
              setDragged(clamp(start.current.width + start.current.x - event.clientX));
            }}
            onPointerUp={() => {
              if (dragged !== null) keep(dragged);
              setDragged(null);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowLeft') keep(clamp(kept + 16));
              else if (event.key === 'ArrowRight') keep(clamp(kept - 16));
            }}
          />
          <div className="flex shrink-0 flex-col" style={{ width: `min(${width}px, 55%)` }}>
            <RecordPanel id={record} onClose={close} onExpand={expand} />
          </div>
        </>
      )}
    </div>
  );
}
