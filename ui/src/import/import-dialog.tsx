import { useNavigate } from '@tanstack/react-router';
import { CircleCheck, Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { undoChange } from '@/api/actions';
import type { ImportPreview, ImportReport } from '@/api/types';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { Dialog } from '@/components/dialog';
import { ProgressBar } from '@/components/progress';
import { number } from '@/i18n/format';
import { kindsLabel, message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { useWindow } from '@/state/window';
import { ChooseFile } from './choose-file';
import { cancel, run, startOver, useImport } from './import-state';
import { MappingTable } from './mapping-table';
import { Reading } from './reading';
import { Counts, Findings } from './report';

const close = () => {
  useWindow.setState({ importing: null });
  const { step } = useImport.getState();
  // An import under way goes on; anything else starts afresh next time.
  if (step !== 'running') startOver();
};

function Match({ preview }: { preview: ImportPreview }) {
  const { checking, error } = useImport();
  const place = useRef<HTMLDivElement>(null);
  // The button that chose the file is gone; the focus goes on with what came of it.
  useEffect(() => place.current?.focus(), []);
  return (
    <div
      ref={place}
      tabIndex={-1}
      className="grid min-h-full outline-none grid-cols-[minmax(0,1fr)_264px] gap-4"
    >
      <div className="self-start rounded-panel border border-line">
        <MappingTable preview={preview} />
      </div>
      <aside className="sticky top-0 flex flex-col gap-4 self-start">
        <Reading preview={preview} />
        <section
          aria-live="polite"
          aria-busy={checking}
          aria-label={m.import_dry_run()}
          className={cx(
            'flex flex-col gap-3 border-line border-t pt-3 transition-opacity',
            checking && 'opacity-60',
          )}
        >
          <div>
            <h3 className="mb-1 font-semibold">{m.import_dry_run()}</h3>
            <Counts report={preview.report} done={false} />
          </div>
          {error !== null && (
            <p role="alert" className="selectable rounded-control bg-danger-soft px-3 py-2 text-danger">
              {error}
            </p>
          )}
          <Findings report={preview.report} kind={preview.kind} />
        </section>
      </aside>
    </div>
  );
}

export function progressWords(progress: { step: string; done: number; total: number } | null): string {
  if (progress === null) return m.import_step_reading();
  const step = message(`import_step_${progress.step}`) ?? m.import_step_writing();
  return progress.total > 0 && progress.done > 0
    ? m.import_progress({ step, done: number(progress.done), total: number(progress.total) })
    : step;
}

function Running() {
  const progress = useWindow((state) => state.importProgress);
  const share =
    progress !== null && progress.total > 0 && progress.done > 0 ? progress.done / progress.total : null;
  return (
    <div role="status" className="mx-auto flex h-full max-w-[420px] flex-col justify-center gap-3">
      <p className="font-semibold text-head">{m.import_running()}</p>
      <ProgressBar label={m.import_running()} share={share} />
      <p className="numeric text-quiet">{progressWords(progress)}</p>
      <p className="text-quiet text-small">{m.import_running_hint()}</p>
    </div>
  );
}

function Done({ report, name, kind }: { report: ImportReport; name: string; kind: string }) {
  return (
    <div className="mx-auto flex max-w-[480px] flex-col gap-4 py-6">
      <div className="flex items-center gap-3">
        <CircleCheck className="size-6 shrink-0 text-service" aria-hidden />
        <div className="min-w-0">
          <p className="font-semibold text-head">
            {report.change === null ? m.import_done_nothing() : m.import_done()}
          </p>
          <p className="truncate text-quiet">{name}</p>
        </div>
      </div>
      <div className="rounded-panel border border-line p-3">
        <Counts report={report} done />
      </div>
      <Findings report={report} kind={kind} />
    </div>
  );
}

function Footer() {
  const navigate = useNavigate();
  const { step, preview, checking, report, kind } = useImport();
  if (step === 'match' && preview !== null) {
    const rows = preview.report.created + preview.report.updated;
    return (
      <>
        <span className="numeric mr-auto text-quiet text-small">
          {m.import_rows({ count: preview.rows })}
        </span>
        <Button onClick={() => startOver()}>{m.import_other_file()}</Button>
        <Button look="primary" disabled={checking || rows === 0} onClick={() => void run()}>
          {rows === 0 ? m.import_nothing_to_do() : m.import_run({ count: rows })}
        </Button>
      </>
    );
  }
  if (step === 'running') {
    return (
      <>
        <Button onClick={close}>{m.import_go_on_working()}</Button>
        <Button look="danger" onClick={cancel}>
          {m.action_cancel()}
        </Button>
      </>
    );
  }
  if (step === 'done' && report !== null && kind !== null) {
    const { change } = report;
    const undo = (written: string) => {
      void undoChange(written);
      close();
    };
    const show = () => {
      close();
      void navigate(
        kind === 'page' ? { to: '/pages', search: {} } : { to: '/list/$kind', params: { kind }, search: {} },
      );
    };
    return (
      <>
        {change !== null && (
          <Button
            icon={<Undo2 className="size-3.5" aria-hidden />}
            onClick={() => undo(change)}
            className="mr-auto"
          >
            {m.import_undo()}
          </Button>
        )}
        <Button onClick={() => startOver()}>{m.import_another()}</Button>
        <Button look="primary" onClick={show}>
          {m.import_show({ kinds: kindsLabel(kind) })}
        </Button>
      </>
    );
  }
  return <Button onClick={close}>{m.action_cancel()}</Button>;
}

/** Brings a file in: choose, match the columns, see what would happen, run, undo. */
export function ImportDialog() {
  const importing = useWindow((state) => state.importing);
  const { step, source, preview, report, kind } = useImport();
  const title = source === null ? m.import_title() : m.import_title_file({ name: source.name });
  return (
    <Dialog
      open={importing !== null}
      onClose={close}
      title={title}
      className="!top-[6vh] h-[88vh] !max-h-[720px] !w-[960px]"
      footer={<Footer />}
    >
      {step === 'choose' && <ChooseFile kind={importing?.kind ?? null} />}
      {step === 'match' && preview !== null && <Match preview={preview} />}
      {step === 'running' && <Running />}
      {step === 'done' && report !== null && (
        <Done report={report} name={source?.name ?? ''} kind={kind ?? ''} />
      )}
    </Dialog>
  );
}
