import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { recordQuery } from '@/api/queries';
import { useKind } from '@/api/schema';
import type { ConflictInfo, ConflictValue, FieldInfo } from '@/api/types';
import { ConflictMark, MemberName } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { Keys } from '@/components/keys';
import { instant } from '@/i18n/format';
import { fieldLabel, kindLabel } from '@/i18n/labels';
import { quoted } from '@/i18n/quotes';
import { m } from '@/paraglide/messages.js';
import { Editor } from '@/records/editor';
import { Value, valueText } from '@/records/value';

function Side({
  kind,
  field,
  currency,
  value,
  number,
  onKeep,
}: {
  kind: string;
  field: FieldInfo;
  currency: string | null;
  value: ConflictValue;
  number: number;
  onKeep: () => void;
}) {
  const words = valueText(kind, field, value.value, currency) || m.label_empty();
  const record = {
    fields: { currency, [field.name]: value.value },
    created_at: value.at,
    updated_at: value.at,
  };
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2 p-3">
      <p className="selectable line-clamp-4 break-words font-semibold text-head">
        {words === m.label_empty() ? (
          <span className="text-quiet">{words}</span>
        ) : (
          <Value kind={kind} field={field} record={record} />
        )}
      </p>
      <div className="flex min-w-0 flex-col gap-0.5 text-quiet text-small">
        <MemberName id={value.by.id} name={value.by.title} />
        <span>{m.conflicts_where({ at: instant(value.at), device: value.device })}</span>
        {value.reason !== null && <span className="selectable break-words">{quoted(value.reason)}</span>}
      </div>
      <Button className="mt-auto self-start" aria-label={m.conflicts_keep({ value: words })} onClick={onKeep}>
        {m.conflicts_keep_this()}
        <Keys keys={String(number)} />
      </Button>
    </div>
  );
}

/** One field with the values that stand against each other. */
export function ConflictCard({
  conflict,
  current,
  writing,
  onWrite,
  onSettle,
  onFocus,
}: {
  conflict: ConflictInfo;
  current: boolean;
  writing: boolean;
  onWrite: (writing: boolean) => void;
  onSettle: (value: unknown) => Promise<void>;
  onFocus: () => void;
}) {
  const kind = useKind(conflict.kind);
  const field = kind?.fields.find((one) => one.name === conflict.field);
  const anchor = useRef<HTMLDivElement>(null);
  // An amount is told with the currency that its record has.
  const { data: record } = useQuery({
    ...recordQuery(conflict.record.id),
    enabled: field?.type === 'money',
  });
  const currency = record?.fields.currency;
  if (field === undefined) return null;
  return (
    <li>
      <article
        // biome-ignore lint/a11y/noNoninteractiveTabindex: j and k go from one to the next
        tabIndex={0}
        data-conflict
        onFocus={onFocus}
        aria-label={m.conflicts_one({
          field: fieldLabel(conflict.kind, field),
          record: conflict.record.title,
        })}
        className={cx('rounded-panel bg-surface shadow-card', current && 'outline-2 outline-accent')}
      >
        <header className="flex items-center gap-2 border-line border-b px-3 py-2">
          <ConflictMark />
          <span className="font-medium">{fieldLabel(conflict.kind, field)}</span>
          <span className="text-quiet">·</span>
          <Link
            to="."
            search={{ record: conflict.record.id }}
            className="min-w-0 truncate rounded-mark underline-offset-2 hover:underline"
          >
            {conflict.record.title}
          </Link>
          <span className="text-quiet text-small">{kindLabel(conflict.kind)}</span>
        </header>
        <div className="flex divide-x divide-line">
          {conflict.values.map((value, index) => (
            <Side
              key={value.change}
              kind={conflict.kind}
              field={field}
              currency={typeof currency === 'string' ? currency : null}
              value={value}
              number={index + 1}
              onKeep={() => void onSettle(value.value).catch(() => undefined)}
            />
          ))}
        </div>
        <footer ref={anchor} className="flex min-h-10 items-center border-line border-t px-2">
          {writing ? (
            <div className="h-7 w-80">
              <Editor
                kind={conflict.kind}
                field={field}
                value={null}
                anchor={anchor}
                onClose={() => onWrite(false)}
                onCommit={async (value) => {
                  if (value !== null) await onSettle(value);
                }}
              />
            </div>
          ) : (
            <Button look="ghost" className="text-quiet" onClick={() => onWrite(true)}>
              {m.conflicts_write()}
              <Keys keys="w" />
            </Button>
          )}
        </footer>
      </article>
    </li>
  );
}
