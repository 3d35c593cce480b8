import { useRef, useState } from 'react';
import { useSettle } from '@/api/actions';
import type { ConflictValue, FieldInfo, RecordInfo } from '@/api/types';
import { MemberName } from '@/components/badges';
import { Button } from '@/components/button';
import { ago } from '@/i18n/format';
import { quoted } from '@/i18n/quotes';
import { m } from '@/paraglide/messages.js';
import { Editor } from '@/records/editor';
import { valueText } from '@/records/value';

/** The values that stand against each other, side by side: one click settles, or a third is written. */
export function ConflictBox({
  record,
  field,
  values,
}: {
  record: Pick<RecordInfo, 'id' | 'kind' | 'fields'>;
  field: FieldInfo;
  values: ConflictValue[];
}) {
  const settle = useSettle();
  const [writing, setWriting] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const words = (value: unknown) =>
    valueText(record.kind, field, value, record.fields.currency as string | undefined) || m.label_empty();
  const choose = (value: unknown) =>
    settle.mutateAsync({ kind: record.kind, id: record.id, field: field.name, value });
  return (
    <div className="my-1 rounded-panel border border-warning/35 bg-warning-soft p-2">
      <p className="mb-2 px-1 text-small">{m.conflict_explained({ count: values.length })}</p>
      <div className="grid grid-cols-2 gap-2">
        {values.map((one) => (
          <div key={one.change} className="flex min-w-0 flex-col gap-1 rounded-control bg-surface p-2">
            <span className="selectable break-words font-medium">{words(one.value)}</span>
            <span className="flex min-w-0 flex-col text-quiet text-small">
              <MemberName id={one.by.id} name={one.by.title} />
              <span>{m.conflict_when({ when: ago(one.at), device: one.device })}</span>
              {one.reason !== null && <span className="selectable break-words">{quoted(one.reason)}</span>}
            </span>
            <Button
              className="mt-auto self-start"
              aria-label={m.action_keep_value({ value: words(one.value) })}
              onClick={() => void choose(one.value).catch(() => undefined)}
            >
              {m.action_keep_this()}
            </Button>
          </div>
        ))}
      </div>
      <div ref={anchor} className="mt-2">
        {writing ? (
          <Editor
            kind={record.kind}
            field={field}
            value={null}
            anchor={anchor}
            onClose={() => setWriting(false)}
            onCommit={async (value) => {
              await choose(value);
            }}
          />
        ) : (
          <Button look="ghost" onClick={() => setWriting(true)}>
            {m.action_write_third()}
          </Button>
        )}
      </div>
    </div>
  );
}
