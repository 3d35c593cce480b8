import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useEdit } from '@/api/actions';
import { type Edit, toWire } from '@/api/edits';
import { rpc } from '@/api/rpc';
import { FailureLine } from '@/components/failure';
import { FormDialog } from '@/components/form-dialog';
import { stageLabel } from '@/i18n/labels';
import { asSentence, remarkText } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';
import { useGuard } from './guard-state';
import { OverrideField } from './override-field';

const close = () => useGuard.setState({ held: null });

function Held({ held }: { held: Edit }) {
  const edit = useEdit();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | undefined>();
  const stage = String(held.fields.stage ?? '');
  const { data, error: unasked } = useQuery({
    queryKey: ['journey', 'check_move', held.ids, stage],
    queryFn: () =>
      rpc('check_move', {
        ids: held.ids,
        stage,
        fields: Object.fromEntries(
          Object.entries(held.fields)
            .filter(([name]) => name !== 'stage')
            .map(([name, value]) => [name, toWire(value)]),
        ),
      }),
  });
  const told = data?.records.filter(({ why }) => why.length > 0) ?? [];
  const untold = (data?.records.length ?? 0) - told.length;
  const finish = () => {
    if (data === undefined) return;
    if (reason.trim() === '') return setError(m.error_override_missing());
    const overrides = Object.fromEntries(data.records.map(({ record, rules }) => [record.id, rules]));
    edit.mutate({ ...held, quiet: false, override: reason.trim(), overrides });
    close();
  };
  return (
    <FormDialog
      title={m.guard_title({ stage: stageLabel(stage) })}
      action={m.action_move_anyway()}
      ready={data !== undefined}
      onFinish={finish}
      onClose={close}
      className="w-[480px]"
    >
      <FailureLine error={unasked} />
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
        tabIndex={0}
        className="flex max-h-[40vh] flex-col gap-3 overflow-y-auto outline-none empty:hidden"
      >
        {told.map(({ record, why }) => (
          <section key={record.id} aria-label={record.title}>
            <h3 className="font-medium">{record.title}</h3>
            <ul className="mt-1 list-disc pl-5 text-quiet">
              {why.map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no other name
                <li key={index}>{asSentence(remarkText(one, 'opportunity') ?? '')}</li>
              ))}
            </ul>
          </section>
        ))}
        {untold > 0 && <p className="text-quiet">{m.guard_more({ count: untold })}</p>}
      </div>
      <OverrideField reason={reason} error={error} onReason={setReason} />
    </FormDialog>
  );
}

/** Asks why, where a rule holds a move back. */
export function Guard() {
  const held = useGuard((state) => state.held);
  return held === null ? null : <Held held={held} />;
}
