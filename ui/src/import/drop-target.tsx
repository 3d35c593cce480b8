import { FileSpreadsheet } from 'lucide-react';
import { useEffect, useState } from 'react';
import { m } from '@/paraglide/messages.js';
import { platform } from '@/platform';
import { useWindow } from '@/state/window';
import { takeFile, useImport } from './import-state';

/** Dropping a file anywhere on the window starts its import. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      platform.onFileDrop(({ type, files }) => {
        setOver(type === 'hover');
        const [file] = files;
        if (type !== 'drop' || file === undefined || useImport.getState().step === 'running') return;
        void takeFile(file, useWindow.getState().importing?.kind ?? null, m.import_too_large());
      }),
    [],
  );
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-3 z-70 flex flex-col items-center justify-center gap-2 rounded-panel border-2 border-accent border-dashed bg-accent-soft">
      <FileSpreadsheet className="size-8 text-accent" aria-hidden />
      <p className="font-semibold text-head">{m.import_drop_now()}</p>
    </div>
  );
}
