import { FileSpreadsheet, Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/button';
import { m } from '@/paraglide/messages.js';
import { takeFile, useImport } from './import-state';

/** The first step: choose a file, or drop one anywhere on the window. */
export function ChooseFile({ kind }: { kind: string | null }) {
  const input = useRef<HTMLInputElement>(null);
  const { checking, error } = useImport();
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file === undefined) return;
    void takeFile({ name: file.name, bytes: () => file.arrayBuffer() }, kind, m.import_too_large());
    if (input.current !== null) input.current.value = '';
  };
  return (
    <div className="flex h-full flex-col gap-4">
      <div className="flex flex-1 flex-col items-center justify-center gap-2 rounded-panel border border-edge border-dashed bg-canvas p-8 text-center">
        <span className="mb-1 flex size-11 items-center justify-center rounded-panel bg-accent-soft text-accent">
          <FileSpreadsheet className="size-5" aria-hidden />
        </span>
        <p className="font-semibold text-head">{m.import_drop_here()}</p>
        <p className="max-w-[56ch] text-quiet">{m.import_what_it_takes()}</p>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          aria-label={m.import_choose()}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => take(event.target.files)}
        />
        <Button
          look="primary"
          className="mt-3 h-8 px-4"
          disabled={checking}
          icon={<Upload className="size-3.5" aria-hidden />}
          onClick={() => input.current?.click()}
        >
          {checking ? m.import_reading() : m.import_choose()}
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="selectable rounded-control bg-danger-soft px-3 py-2 text-danger">
          {error}
        </p>
      )}
      <p className="text-quiet text-small">{m.import_promise()}</p>
    </div>
  );
}
