import { Button } from '@/components/button';
import { ProgressBar } from '@/components/progress';
import { m } from '@/paraglide/messages.js';
import { useWindow } from '@/state/window';
import { progressWords } from './import-dialog';
import { cancel, useImport } from './import-state';

/** An import that goes on behind: how far it is, a way back to it, a way to stop it. */
export function ImportProgress() {
  const { step, source } = useImport();
  const { importing, importProgress } = useWindow();
  if (importing !== null || (step !== 'running' && step !== 'done') || source === null) return null;
  const share =
    importProgress !== null && importProgress.total > 0 && importProgress.done > 0
      ? importProgress.done / importProgress.total
      : null;
  const show = () => useWindow.setState({ importing: { kind: null } });
  return (
    <section
      aria-label={m.import_running()}
      className="floating fixed right-4 bottom-4 z-50 flex w-80 flex-col gap-2 p-3"
    >
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{source.name}</span>
        <Button look="ghost" onClick={show}>
          {m.action_show()}
        </Button>
        {step === 'running' && (
          <Button look="ghost" onClick={cancel}>
            {m.action_cancel()}
          </Button>
        )}
      </div>
      <ProgressBar label={m.import_running()} share={step === 'done' ? 1 : share} />
      <p role="status" className="numeric text-quiet text-small">
        {step === 'done' ? m.import_done() : progressWords(importProgress)}
      </p>
    </section>
  );
}
